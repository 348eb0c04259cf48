import { writeFile } from 'node:fs/promises';
import { benchDevice, deviceReport } from './device.ts';
import { startGround } from './ground.ts';
import { benchIngest } from './ingest.ts';
import { benchOpener } from './opener.ts';
import { report } from './report.ts';

const FIGURES = 'docs/figures/sync.md';

/** How fast records get from a device into the tables, and from there opened. */
export async function benchSync(): Promise<void> {
  const ground = await startGround();
  try {
    const opener = await benchOpener(ground);
    const ingest = await benchIngest(ground, [50, 500]);
    const device = await benchDevice();
    const text = report(ingest, opener, device) + deviceReport(device);
    console.log(text);
    await writeFile(FIGURES, text);
  } finally {
    await ground.stop();
  }
}
