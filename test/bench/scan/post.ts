import { join } from 'node:path';
import type { Page } from 'playwright';
import { enrolStation, foundTown, openCode, showCode } from '../../e2e/town.ts';
import { drawScene, type Pixels } from '../../support/frames.ts';
import { writeFrames } from '../../support/y4m.ts';

/** The built scanner, enrolled, before a camera that plays a clip. */
export interface BenchPost {
  readonly page: Page;
  /** What the camera plays: nobody is there. */
  readonly clip: string;
  /** From now on seven people's codes come and go before the camera. */
  letPeopleCome(): Promise<void>;
  close(): Promise<void>;
}

const SIZE = { width: 1280, height: 720 };
/** Frames, of 30 a second: long enough for a stop to be sent away, 800 ms at least. */
const WITHOUT = 25;
const WITH = 12;
/** So many that each is away for more than the 2 s after which it counts as a new person. */
const PEOPLE = ['green', 'red', 'elder', 'yellow', 'minor', 'grey', 'lapsed'];

export async function openPost(): Promise<BenchPost> {
  const town = await foundTown();
  const clip = join(town.folder, 'come-and-go.y4m');
  const empty = drawScene({ ...SIZE, noise: 3 });
  try {
    await writeFrames(clip, Array<Pixels>(WITHOUT).fill(empty));
    const station = await town.startStation({ camera: clip });
    const page = await enrolStation(town, station);
    await openScanner(page);
    return { page, clip, letPeopleCome: () => letPeopleCome(page), close: () => town.leave() };
  } catch (error) {
    await town.leave();
    throw error;
  }

  async function openScanner(page: Page): Promise<void> {
    await page.goto(town.origin);
    await page.locator('main.scan .frame').waitFor();
  }

  /** Live codes are real ones: after a minute their proof is too old, and they bring a stop. */
  async function letPeopleCome(page: Page): Promise<void> {
    await page.goto('about:blank');
    const frames: Pixels[] = [];
    for (const person of PEOPLE) {
      const { text } = await showCode(await openCode(town, person));
      const code = marked(drawScene({ ...SIZE, text, scale: 6, rotation: 5, noise: 3 }));
      frames.push(...Array<Pixels>(WITHOUT).fill(empty), ...Array<Pixels>(WITH).fill(code));
    }
    await writeFrames(clip, frames);
    await town.phone.close();
    await openScanner(page);
  }
}

/** White in the corner: how a page knows which frames hold a code. */
function marked(frame: Pixels): Pixels {
  for (let y = 0; y < 16; y++)
    frame.data.fill(255, y * frame.width * 4, (y * frame.width + 16) * 4);
  return frame;
}
