import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { freePort, startAuthority } from '../../support/authority.ts';
import { startBrowser } from '../../support/browser.ts';
import { laySlowWire } from '../../support/slow-wire.ts';
import { writeClip } from '../../support/y4m.ts';

/** The built app in Chromium, enrolled, behind a line that can be made slow. */
export async function openDeviceTown() {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-bench-device-'));
  const port = await freePort();
  const wire = await laySlowWire({ port });
  const authority = await startAuthority(port, wire.port);
  const camera = join(folder, 'camera.y4m');
  await writeClip(camera, {});
  const browser = await startBrowser({ profile: join(folder, 'device'), camera });
  const [page] = browser.context.pages();
  if (!page) throw new Error('the browser has no page');
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(authority.enrolmentLink);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  return {
    page,
    wire,
    origin: `http://localhost:${wire.port}`,
    session: () => browser.context.newCDPSession(page),
    async leave() {
      await browser.close();
      await authority.stop();
      await wire.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type DeviceTown = Awaited<ReturnType<typeof openDeviceTown>>;

/**
 * Puts records into the device's database as if they had been written for days. They are
 * as long as sealed ones and chained like them; nobody has to open them.
 */
export function fillOutbox(page: Page, count: number): Promise<void> {
  return page.evaluate(async (count) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const base64url = (bytes: Uint8Array) =>
      btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '');
    const random = (length: number) => base64url(crypto.getRandomValues(new Uint8Array(length)));
    const digest = async (text: string) =>
      base64url(
        new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
      );

    const db = await done(indexedDB.open('kakou'));
    const chain = await done(db.transaction('chain').objectStore('chain').get('only'));
    const rows: unknown[] = [];
    let { n, head } = chain;
    for (let i = 0; i < count; i++, n++) {
      const header = btoa('{"alg":"ECDH-ES","enc":"A256GCM","kid":"AAAAAA","typ":"record+jwe",');
      const sealed = `${header}${random(114)}..${random(12)}.${random(410)}.${random(16)}`;
      const next = await digest(`${head}.${n}.${sealed}`);
      rows.push({ n, sealed, before: head, head: next, at: Math.floor(Date.now() / 1000) });
      head = next;
    }
    const tx = db.transaction(['outbox', 'chain'], 'readwrite');
    for (const row of rows) tx.objectStore('outbox').put(row);
    tx.objectStore('chain').put({ ...chain, n, head }, 'only');
    await new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onerror = () => reject(tx.error);
    });
    db.close();
  }, count);
}
