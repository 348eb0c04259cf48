import type { CDPSession, Page } from 'playwright';
import { codeFromText } from '../../../src/core/code/text.ts';
import { enrolStation, foundTown, openCode, showCode, type Town } from '../../e2e/town.ts';
import { type CanvasCamera, replaceCamera } from './camera.ts';
import { inviteStrangers, type Kind, type Person } from './people.ts';

/** The built scanner, enrolled, before a canvas that stands for the camera. */
export interface LanePost {
  readonly town: Town;
  readonly page: Page;
  readonly camera: CanvasCamera;
  readonly devtools: CDPSession;
  /** Somebody whom no station has met. */
  invite(kind: Kind): Promise<Person>;
  /** Starts the app anew, and waits for its camera. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** The demo town's authority names itself so, unless `ISSUER` says otherwise. */
const ISSUER = process.env['ISSUER'] ?? 'https://demo.kakou.example';

export async function openLanePost(): Promise<LanePost> {
  const town = await foundTown();
  try {
    const page = await enrolStation(town, await town.startStation());
    const { text } = await showCode(await openCode(town, 'green'));
    const model = codeFromText(text);
    if (!model.ok) throw new Error(model.reason);
    await town.phone.close();
    return {
      town,
      page,
      camera: await replaceCamera(page),
      devtools: await page.context().newCDPSession(page),
      invite: await inviteStrangers(town.authority.keys, model.value.claims, ISSUER),
      async open() {
        await page.goto(town.origin);
        await page.locator('main.scan .frame').waitFor();
        // What comes behind the camera is there by then.
        await page.waitForTimeout(5_000);
      },
      close: () => town.leave(),
    };
  } catch (error) {
    await town.leave();
    throw error;
  }
}
