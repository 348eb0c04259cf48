/**
 * A browser whose BarcodeDetector reads the trial picture, and in every other picture says
 * that it has read something. Imported before anything that would use it.
 */
class Detector {
  static async getSupportedFormats() {
    return ['qr_code'];
  }
  async detect({ width }: ImageData) {
    const isTrial = width === 116;
    const boundingBox = { x: 0, y: 0, width: 10, height: 10 };
    return [{ rawValue: isTrial ? 'KAKOU' : 'DETECTED', boundingBox }];
  }
}
Object.assign(globalThis, { BarcodeDetector: Detector });
