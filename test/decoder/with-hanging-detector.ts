/**
 * A browser whose BarcodeDetector reads the trial picture, and never answers to any other.
 * Imported before anything that would use it.
 */
class HangingDetector {
  static async getSupportedFormats() {
    return ['qr_code'];
  }
  detect({ width }: ImageData) {
    if (width !== 116) return new Promise(() => {});
    const boundingBox = { x: 0, y: 0, width: 10, height: 10 };
    return Promise.resolve([{ rawValue: 'KAKOU', boundingBox }]);
  }
}
Object.assign(globalThis, { BarcodeDetector: HangingDetector });
