import { accept, type Result, refuse } from './result.ts';

/** What an enrolment QR says, all of it in the fragment, which no server ever sees. */
export interface EnrolmentLink {
  /** Origin of the authority, such as `https://kakou.example`. */
  readonly authority: string;
  /** The root's thumbprint, see `rootThumbprint`. */
  readonly root: string;
  /** One-time token. */
  readonly token: string;
}

export function formatEnrolmentLink({ authority, root, token }: EnrolmentLink): string {
  const fragment = new URLSearchParams({ authority, root, token });
  return `${authority}/enrol#${fragment}`;
}

/** Whether text looks like an enrolment link at all, whatever is wrong with it. */
export function isEnrolmentLink(text: string): boolean {
  return /^https?:\/\/[^/]+\/enrol#/.test(text);
}

/** `malformed`: a member is missing or is not what it should be. */
export function parseEnrolmentLink(text: string): Result<EnrolmentLink, 'malformed'> {
  if (text.length > 2048 || !isEnrolmentLink(text)) return refuse('malformed');
  const fragment = new URLSearchParams(text.slice(text.indexOf('#') + 1));
  const authority = fragment.get('authority') ?? '';
  const root = fragment.get('root') ?? '';
  const token = fragment.get('token') ?? '';
  const sound =
    /^https?:\/\/[^/\\\s?#@]+$/.test(authority) &&
    /^[A-Za-z0-9_-]{43}$/.test(root) &&
    /^[A-Za-z0-9_-]{8,64}$/.test(token);
  return sound ? accept({ authority, root, token }) : refuse('malformed');
}
