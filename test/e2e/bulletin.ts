import type { Page } from 'playwright';
import { expect } from 'vitest';
import { stored } from './stored.ts';
import type { Town } from './town.ts';

/** Waits until the authority publishes a bulletin that holds this text. */
export async function seePublished({ origin }: Town, text: string): Promise<void> {
  await expect
    .poll(async () => payload(await (await fetch(`${origin}/bulletin`)).text()))
    .toContain(text);
}

/** Waits until a station keeps a bulletin that holds this text: that one has come is too soon. */
export async function seeKept(page: Page, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const documents = await stored<{ name: string; text: string }>(page, 'documents');
        return payload(documents.find(({ name }) => name === 'bulletin')?.text);
      },
      { timeout: 20_000 },
    )
    .toContain(text);
}

function payload(jws = ''): string {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
}
