import type { Page } from 'playwright';
import { painted, watchMarker } from './marker.ts';

/** Milliseconds from the first frame with a code to the painted verdict. */
export interface TimedVerdict {
  readonly verdict: string;
  readonly time: number;
}

/**
 * The verdicts that the built app paints on `count` codes that come and go before its camera.
 * Each is sent away once it was painted, as soon as the app lets it.
 *
 * @param limit milliseconds after which the rest is given up
 */
export async function measureVerdicts(
  page: Page,
  count: number,
  limit: number,
): Promise<readonly TimedVerdict[]> {
  return page.evaluate<TimedVerdict[]>(
    `(${inPage})(${watchMarker}, ${painted}, ${count}, ${limit})`,
  );
}

/** Handed over as source: it uses nothing from around it. */
async function inPage(
  watch: typeof watchMarker,
  paintedThere: typeof painted,
  count: number,
  limit: number,
): Promise<TimedVerdict[]> {
  const verdicts: TimedVerdict[] = [];
  const appearances = await watch();
  let isPainting = false;
  new MutationObserver(async () => {
    const verdict = document.querySelector<HTMLElement>('[data-verdict]')?.dataset['verdict'];
    const since = verdict && appearances.seen();
    if (!verdict || !since) return;
    isPainting = true;
    verdicts.push({ verdict, time: (await paintedThere()) - since });
    isPainting = false;
  }).observe(document.body, { childList: true, subtree: true });
  const end = performance.now() + limit;
  while (verdicts.length < count && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (isPainting) continue;
    const next = 'main.measure > button.quiet, main.verdict .answers > .shaded:enabled:last-child';
    document.querySelector<HTMLElement>(next)?.click();
  }
  appearances.stop();
  return verdicts;
}
