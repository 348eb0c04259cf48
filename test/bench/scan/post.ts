import { join } from 'node:path';
import type { Page } from 'playwright';
import { enrolStation, foundTown, openCode, showCode } from '../../e2e/town.ts';
import { drawScene, type Pixels } from '../../support/frames.ts';
import { writeFrames } from '../../support/y4m.ts';

/** The built scanner, enrolled, before a camera that plays a clip. */
export interface BenchPost {
  readonly page: Page;
  /** Two codes that come and go before the camera. */
  readonly clip: string;
  close(): Promise<void>;
}

const SIZE = { width: 1280, height: 720 };
/**
 * Frames, of 30 a second: no multiples of each other's time, so that every phase occurs. Each
 * code is away for more than the 2 s after which it counts as a new person.
 */
const WITHOUT = 31;
const WITH = 15;

/** Live codes of two people who are stopped, whatever the time: both signatures are checked. */
export async function openPost(): Promise<BenchPost> {
  const town = await foundTown();
  try {
    const clip = join(town.folder, 'comes-and-goes.y4m');
    const frames: Pixels[] = [];
    for (const scenario of ['red', 'yellow']) {
      const { text } = await showCode(await openCode(town, scenario));
      const code = marked(drawScene({ ...SIZE, text, scale: 6, rotation: 5, noise: 3 }));
      frames.push(...Array<Pixels>(WITHOUT).fill(drawScene({ ...SIZE, noise: 3 })));
      frames.push(...Array<Pixels>(WITH).fill(code));
    }
    await writeFrames(clip, frames);
    await town.phone.close();
    const station = await town.startStation({ camera: clip });
    const page = await enrolStation(town, station);
    await page.goto(town.origin);
    await page.locator('main.scan .frame').waitFor();
    return { page, clip, close: () => town.leave() };
  } catch (error) {
    await town.leave();
    throw error;
  }
}

/** White in the corner: how a page knows which frames hold a code. */
function marked(frame: Pixels): Pixels {
  for (let y = 0; y < 16; y++)
    frame.data.fill(255, y * frame.width * 4, (y * frame.width + 16) * 4);
  return frame;
}
