import type { Page } from 'playwright';
import { drawScene } from '../support/frames.ts';
import { toPng } from '../support/y4m.ts';

/** Pastes a picture of a QR: a busy machine tears it apart less than a reader's keys. */
export async function pasteCode(page: Page, text: string): Promise<void> {
  await page.bringToFront();
  await page.locator('main.scan .viewfinder').waitFor();
  await page.evaluate(
    (png) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(png)], 'code.png', { type: 'image/png' }));
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    },
    [...toPng(drawScene({ text }))],
  );
}
