import { writeFile } from 'node:fs/promises';
import { walkLane } from './lane.ts';
import { openLanePost } from './post.ts';
import { report } from './report.ts';
import { soak } from './soak.ts';
import { measureStart } from './start.ts';

const FIGURES = 'docs/figures/lane.md';

/** What a person costs at the post, what a day leaves behind, and how long a start takes. */
export async function benchLane(): Promise<void> {
  const starts = [await measureStart(1), await measureStart(4)];
  const post = await openLanePost();
  try {
    const lanes = [await walkLane(post, 1), await walkLane(post, 4)];
    const text = report({ lanes, starts, soak: await soak(post) });
    console.log(text);
    await writeFile(FIGURES, text);
  } finally {
    await post.close();
  }
}
