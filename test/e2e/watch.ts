import type { BrowserContext, Page, Worker } from 'playwright';

/** Everything that a page would rather have said to nobody. */
export interface Watch {
  /** Violations of the Content-Security-Policy, and errors and warnings on the console. */
  readonly complaints: string[];
  /** Every address that was asked for, by pages, workers and service workers. */
  readonly requests: Set<string>;
}

/** Of a feature that this build of Chromium does not have: nothing could use it anyway. */
const UNKNOWN_FEATURE = /Permissions-Policy header: Unrecognized feature: 'bluetooth'/;

/** Watches all pages of a browser, those that are open and those to come. */
export async function watch(context: BrowserContext): Promise<Watch> {
  const complaints: string[] = [];
  const requests = new Set<string>();
  await context.exposeBinding('complain', (_, what: string) => void complaints.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { complain } = window as unknown as { complain(what: string): void };
      complain(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  const listen = (heard: Page | Worker) =>
    heard.on('console', (message) => {
      const isComplaint = /^(error|warning)$/.test(message.type());
      if (isComplaint && !UNKNOWN_FEATURE.test(message.text())) complaints.push(message.text());
    });
  const follow = (page: Page) => {
    listen(page);
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('worker', listen);
  };
  context.pages().forEach(follow);
  context.on('page', follow);
  context.on('serviceworker', listen);
  context.on('request', (request) => requests.add(request.url()));
  return { complaints, requests };
}

/** Origins that were asked for, other than what a page makes itself. */
export function originsOf({ requests }: Watch): string[] {
  const asked = [...requests].filter((url) => !/^(blob|data|about|chrome):/.test(url));
  return [...new Set(asked.map((url) => new URL(url).origin))];
}
