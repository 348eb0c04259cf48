import { join } from 'node:path';
import type { Page } from 'playwright';
import { enrolStation, foundTown, openCode, showCode } from '../../e2e/town.ts';
import { drawScene, type Pixels } from '../../support/frames.ts';
import { writeFrames } from '../../support/y4m.ts';

/** The built scanner, enrolled, before a camera that plays a clip. */
export interface BenchPost {
  readonly page: Page;
  /** Seven people's codes, that come and go before the camera. */
  readonly clip: string;
  close(): Promise<void>;
}

const SIZE = { width: 1280, height: 720 };
/** Frames, of 30 a second: long enough for a stop to be sent away, 800 ms at least. */
const WITHOUT = 25;
const WITH = 12;
/** So many that each is away for more than the 2 s after which it counts as a new person. */
const PEOPLE = ['green', 'red', 'elder', 'yellow', 'minor', 'grey', 'lapsed'];

/** Live codes are real too: after a minute their proof is too old, and they bring a stop. */
export async function openPost(): Promise<BenchPost> {
  const town = await foundTown();
  try {
    const clip = join(town.folder, 'come-and-go.y4m');
    const frames: Pixels[] = [];
    const empty = drawScene({ ...SIZE, noise: 3 });
    for (const person of PEOPLE) {
      const { text } = await showCode(await openCode(town, person));
      const code = marked(drawScene({ ...SIZE, text, scale: 6, rotation: 5, noise: 3 }));
      frames.push(...Array<Pixels>(WITHOUT).fill(empty), ...Array<Pixels>(WITH).fill(code));
    }
    const station = await town.startStation({ camera: clip });
    const page = await enrolStation(town, station);
    await writeFrames(clip, frames);
    await town.phone.close();
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
