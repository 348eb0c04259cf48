import {
  type CheckIn,
  ColourEvents,
  type Declaration,
  type DeclarationRequest,
  Looks,
  Me,
  Person,
  PersonDetails,
  ResidentExport,
  SessionResponse,
  SignInCodeResponse,
} from '../../core/protocol/residents.ts';
import { Nothing } from '../../page/ask.ts';
import type { Answer, Ask } from '../ask.ts';

/** What the pages behind the sign-in ask the authority: core/protocol/residents.ts. */
export interface Wire {
  sendCode(phone: string): Promise<Answer<SignInCodeResponse>>;
  signIn(phone: string, code: string): Promise<Answer<SessionResponse>>;
  signOut(): Promise<Answer<undefined>>;
  me(): Promise<Answer<Me>>;
  details(person: string): Promise<Answer<PersonDetails>>;
  events(person: string, before?: string): Promise<Answer<ColourEvents>>;
  looks(person: string, before?: string): Promise<Answer<Looks>>;
  declare(request: DeclarationRequest): Promise<Answer<Person>>;
  correct(person: string, declaration: Declaration): Promise<Answer<PersonDetails>>;
  checkIn(person: string, key: string, checkIn: CheckIn): Promise<Answer<Person>>;
  move(person: string): Promise<Answer<Person>>;
  appeal(person: string, text: string): Promise<Answer<Person>>;
  withdraw(person: string): Promise<Answer<undefined>>;
  erase(person: string): Promise<Answer<undefined>>;
  export(): Promise<Answer<ResidentExport>>;
}

/** @param session of whoever is signed in; undefined: nobody. */
export function accountWire(ask: Ask, session: () => string | undefined): Wire {
  const mine: Ask = (path, schema, question) =>
    ask(`/residents${path}`, schema, { ...question, token: session() });
  const of = (person: string) => `/people/${encodeURIComponent(person)}`;
  const from = (before?: string) => (before ? `?${new URLSearchParams({ before })}` : '');
  return {
    sendCode: (phone) =>
      ask('/residents/sign-in/codes', SignInCodeResponse, { method: 'POST', body: { phone } }),
    signIn: (phone, code) =>
      ask('/residents/sessions', SessionResponse, { method: 'POST', body: { phone, code } }),
    signOut: () => mine('/sessions/current', Nothing, { method: 'DELETE' }),
    me: () => mine('/me', Me),
    details: (person) => mine(of(person), PersonDetails),
    events: (person, before) => mine(`${of(person)}/events${from(before)}`, ColourEvents),
    looks: (person, before) => mine(`${of(person)}/looks${from(before)}`, Looks),
    declare: (request) => mine('/people', Person, { method: 'POST', body: request }),
    correct: (person, declaration) =>
      mine(`${of(person)}/declaration`, PersonDetails, { method: 'PUT', body: declaration }),
    checkIn: (person, key, checkIn) =>
      mine(`${of(person)}/check-ins/${key}`, Person, { method: 'PUT', body: checkIn }),
    move: (person) => mine(`${of(person)}/move`, Person, { method: 'POST' }),
    appeal: (person, text) =>
      mine(`${of(person)}/appeals`, Person, { method: 'POST', body: { text } }),
    withdraw: (person) => mine(`${of(person)}/withdraw`, Nothing, { method: 'POST' }),
    erase: (person) => mine(of(person), Nothing, { method: 'DELETE' }),
    export: () => mine('/export', ResidentExport),
  };
}
