import type { CDPSession, Page } from 'playwright';
import { enrolStation, foundTown, goTo, openCode, showCode, type Town } from '../../e2e/town.ts';
import { bringThermometer, type Thermometer } from '../../support/thermometer.ts';
import { type CanvasCamera, replaceCamera } from './camera.ts';
import { inviteStrangers, type Kind, type Person } from './people.ts';

/** The built scanner at its camera, enrolled, before a canvas that stands for it. */
export interface LanePost {
  readonly town: Town;
  readonly page: Page;
  readonly camera: CanvasCamera;
  /** Connected. */
  readonly thermometer: Thermometer;
  readonly devtools: CDPSession;
  /** Somebody whom no station has met. */
  invite(kind: Kind): Promise<Person>;
  close(): Promise<void>;
}

/** @param prepare the page, before the app starts in it. */
export async function openLanePost(
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<LanePost> {
  const town = await foundTown();
  try {
    const page = await enrolStation(town, await town.startStation({ features: ['WebBluetooth'] }));
    const { text } = await showCode(await openCode(town, 'green'));
    const invite = await inviteStrangers(town.authority.keys, text);
    await town.phone.close();
    await prepare(page);
    const camera = await replaceCamera(page);
    const thermometer = await bringThermometer(page);
    await page.goto(`${town.origin}/settings`);
    await page.getByRole('button', { name: '连接蓝牙体温计' }).click();
    await page.locator('[data-thermometer="ready"]').waitFor();
    await goTo(page, '/');
    await page.locator('main.scan .frame').waitFor();
    // What comes behind the camera is there by then.
    await page.waitForTimeout(5_000);
    const devtools = await page.context().newCDPSession(page);
    return { town, page, camera, thermometer, devtools, invite, close: () => town.leave() };
  } catch (error) {
    await town.leave();
    throw error;
  }
}
