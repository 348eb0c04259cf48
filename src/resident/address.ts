/** The pages behind the sign-in; each but the first few is about one person. */
export const PAGES = [
  'sign-in',
  'declare',
  'family',
  'privacy',
  'check-in',
  'person',
  'correct',
  'review',
  'withdraw',
  'delete',
  'sign-out',
] as const;
export type Page = (typeof PAGES)[number];

/** Where in the app somebody is, as the fragment says it: `#/ticket` is a code. */
export type Address =
  | { readonly at: 'home' }
  | { readonly at: 'code'; readonly ticket: string }
  | { readonly at: Page; readonly person: string };

/** A fragment that names nothing known is the home page. */
export function readAddress(hash: string): Address {
  if (hash.startsWith('#/')) {
    const ticket = decoded(hash.slice('#/'.length));
    return ticket === '' ? { at: 'home' } : { at: 'code', ticket };
  }
  const [name, person = ''] = hash.slice(1).split('/');
  const page = PAGES.find((one) => one === name);
  return page ? { at: page, person: decoded(person) } : { at: 'home' };
}

/** The address of a code's page. */
export function codeHash(ticket: string): string {
  return `#/${encodeURIComponent(ticket)}`;
}

/** The address of a page, about a person where it is about one. */
export function pageHash(page: Page, person = ''): string {
  return person === '' ? `#${page}` : `#${page}/${encodeURIComponent(person)}`;
}

/** What does not decode names nobody, which the page then says. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
