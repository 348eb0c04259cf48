import { afterEach, expect, test, vi } from 'vitest';
import { giveFile } from '../../../src/scanner/state/give-file.ts';

const parcel = { name: 'kakou-records-device-1-2.txt', text: '{"kakou":"records"}', count: 2 };
/** Names of the files that went to the downloads. */
const downloads: string[] = [];

/** A browser under test has no share sheet: this one stands for the system's. */
function layShareSheet(share: (files: readonly File[]) => Promise<void>): void {
  vi.stubGlobal('navigator', {
    canShare: ({ files }: ShareData) => files?.length === 1,
    share: ({ files = [] }: ShareData) => share(files),
  });
  catchDownloads();
}

function catchDownloads(): void {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    downloads.push(this.download);
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  downloads.length = 0;
});

test('where there is a share sheet it gets the file, whole, and nothing is downloaded', async () => {
  const shared: File[] = [];
  layShareSheet(async (files) => void shared.push(...files));
  expect(await giveFile(parcel)).toBe(true);
  expect(shared.map(({ name, type }) => [name, type])).toEqual([[parcel.name, 'text/plain']]);
  expect(await shared[0]?.text()).toBe(parcel.text);
  expect(downloads).toEqual([]);
});

test('whoever closes the share sheet has no file: nothing counts as saved', async () => {
  layShareSheet(() => Promise.reject(new DOMException('closed', 'AbortError')));
  expect(await giveFile(parcel)).toBe(false);
  expect(downloads).toEqual([]);
});

test('a share sheet that fails loses no file: it goes to the downloads', async () => {
  layShareSheet(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
  expect(await giveFile(parcel)).toBe(true);
  expect(downloads).toEqual([parcel.name]);
});

test('without a share sheet, or with one that takes no files, the file goes to the downloads', async () => {
  catchDownloads();
  for (const navigator of [{}, { canShare: () => false }]) {
    vi.stubGlobal('navigator', navigator);
    expect(await giveFile(parcel)).toBe(true);
  }
  expect(downloads).toEqual([parcel.name, parcel.name]);
});
