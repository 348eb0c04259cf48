import { writeFile } from 'node:fs/promises';
import { type LaneFigures, walkLane } from './lane.ts';
import { openLanePost } from './post.ts';
import { report } from './report.ts';
import { isTrial, SIZE } from './size.ts';
import { soak } from './soak.ts';
import { measureStarts } from './start.ts';

const FIGURES = 'docs/figures/lane.md';

/** What a person costs at the post, what a day leaves behind, and how long a start takes. */
export async function benchLane(): Promise<void> {
  const starts = await measureStarts([1, 4], SIZE.starts);
  const lanes = await walkLanes();
  const text = report({ lanes, starts, soak: await soak(SIZE.hours) });
  console.log(text);
  if (!isTrial) await writeFile(FIGURES, text);
}

/** For comparison a few people at full speed, and all of them on a phone that is slow. */
async function walkLanes(): Promise<LaneFigures[]> {
  const post = await openLanePost();
  try {
    const few = Math.ceil(SIZE.people / 10);
    return [await walkLane(post, 1, few), await walkLane(post, 4, SIZE.people)];
  } finally {
    await post.close();
  }
}
