import type { BrowserContext, Page } from 'playwright';

/** From now on the clock of every page of this browser is off by what {@link setClock} says. */
export async function bendClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + Number(localStorage.getItem('clock-off')) * 1000;
  });
}

/** @param off seconds ahead of the right time: for the page that is open, and those to come. */
export function setClock(page: Page, off: number): Promise<void> {
  return page.evaluate((seconds) => localStorage.setItem('clock-off', String(seconds)), off);
}
