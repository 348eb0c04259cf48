import type { Page } from 'playwright';
import { watchMarker } from './marker.ts';

/**
 * Milliseconds from the first frame with a code to the painted verdict of the built app, for
 * each of `count` times that a code appears. Every stop is tapped away.
 *
 * @param limit milliseconds after which the rest is given up
 */
export async function measureVerdicts(page: Page, count: number, limit: number): Promise<number[]> {
  return page.evaluate<number[]>(`(${inPage})(${watchMarker}, ${count}, ${limit})`);
}

/** Handed over as source: it uses nothing from around it. */
async function inPage(
  watchMarkerThere: typeof watchMarker,
  count: number,
  limit: number,
): Promise<number[]> {
  const times: number[] = [];
  let appearedAt: number | undefined;
  let gone = false;
  new MutationObserver(() => {
    if (!document.querySelector('[data-verdict]')) return;
    const since = appearedAt;
    if (since === undefined) return;
    appearedAt = undefined;
    // The first callback comes before this is painted, the second after.
    requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - since)));
  }).observe(document.body, { childList: true, subtree: true });
  void watchMarkerThere((there) => {
    appearedAt = there ? performance.now() : undefined;
    return gone;
  });
  const end = performance.now() + limit;
  while (times.length < count && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector<HTMLElement>('.verdict > .shaded:enabled:last-of-type')?.click();
  }
  gone = true;
  return times;
}
