import { signal } from '@preact/signals';

/** The pages of headquarters, as they stand in addresses. */
export const PAGES = [
  'board',
  'charts',
  'fevers',
  'residents',
  'counter',
  'stations',
  'badges',
  'notice',
  'staff',
  'acts',
] as const;
export type Page = (typeof PAGES)[number];

const HOME = '/headquarters/';

export function addressOf(page: Page): string {
  return page === 'board' ? HOME : `${HOME}${page}`;
}

/** What is no page is the board. */
function pageAt(path: string): Page {
  return PAGES.find((page) => addressOf(page) === path) ?? 'board';
}

export const page = signal<Page>(pageAt(location.pathname));

export function open(next: Page): void {
  history.pushState(null, '', addressOf(next));
  page.value = next;
}

window.addEventListener('popstate', () => {
  page.value = pageAt(location.pathname);
});
