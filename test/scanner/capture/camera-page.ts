import { listCameras, openCamera } from '../../../src/scanner/capture/camera.ts';
import { createDecoder } from '../../../src/scanner/capture/decoder.ts';
import { watch } from '../../../src/scanner/capture/watch.ts';

/** What camera.test.ts calls in the page. */
const capture = { listCameras, openCamera, createDecoder, watch };

declare global {
  interface Window {
    capture: typeof capture;
    video: HTMLVideoElement;
  }
}

window.capture = capture;
window.video = document.createElement('video');
document.body.append(window.video);
