import { expectCamera, listCameras, openCamera } from '../../../src/scanner/capture/camera.ts';
import { createDecoder } from '../../../src/scanner/capture/decoder.ts';
import { watch } from '../../../src/scanner/capture/watch.ts';

/** What camera.test.ts calls in the page. */
const tools = {
  expectCamera,
  listCameras,
  openCamera,
  createDecoder,
  watch,
  video: document.createElement('video'),
};
export type CaptureTools = typeof tools;

document.body.append(tools.video);
Object.assign(window, { capture: tools });
