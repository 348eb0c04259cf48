import { Areas } from '../core/protocol/residents.ts';
import { type CodeRequest, CodeResponse, DemoPeople } from '../core/protocol/station.ts';
import type { Result } from '../core/result.ts';
import { askBy, type ClientRefusal } from './ask.ts';

/** What the page of a code asks the authority. */
export interface AuthorityClient {
  people(): Promise<Result<DemoPeople, ClientRefusal>>;
  code(request: CodeRequest): Promise<Result<CodeResponse, ClientRefusal>>;
  /** Where one can live. */
  areas(): Promise<Result<Areas, ClientRefusal>>;
}

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function authorityClient(fetcher: typeof fetch): AuthorityClient {
  const ask = askBy(fetcher);
  return {
    people: () => ask('/demo/people', DemoPeople),
    code: (request) => ask('/codes', CodeResponse, { method: 'POST', body: request }),
    areas: () => ask('/residents/areas', Areas),
  };
}
