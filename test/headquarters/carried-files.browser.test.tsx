import { render } from 'preact';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type CarriedAnswer, carriedText } from '../../src/core/record/carried.ts';
import { appendRecord } from '../../src/device/append.ts';
import { packRecords } from '../../src/device/carry.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { CarriedFiles } from '../../src/headquarters/components/carried-files.tsx';
import { openCounter } from '../../src/headquarters/counter.ts';
import { makeDraft } from '../device/drafts.ts';
import { cut } from '../device/peer.ts';
import { makeStation } from '../device/station.ts';

async function showPanel() {
  const { store, peer, enrolment } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  const place = document.createElement('div');
  document.body.append(place);
  const counter = openCounter((path, init) => peer.fetch(String(path), init));
  render(<CarriedFiles counter={counter} />, place);
  onTestFinished(() => {
    render(null, place);
    place.remove();
  });
  const give = (text: string) => {
    const input = place.querySelector('input');
    const files = new DataTransfer();
    files.items.add(new File([text], 'kakou-records-x-1-1.txt'));
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change'));
  };
  return { place, give, peer, enrolment, parcel: await packRecords(store, enrolment) };
}

test('records that a post sent as a file are handed in, and the answer can be saved', async () => {
  const { place, give, peer, enrolment, parcel } = await showPanel();
  give(parcel.text);
  await vi.waitFor(() =>
    expect(place.querySelector('[data-carried="done"] .primary')).not.toBeNull(),
  );
  expect(place.textContent).toContain('1');
  expect(await peer.records(enrolment.device)).toHaveLength(1);
});

test('without an answer of the server the same file is asked for again', async () => {
  const { place, give, peer, parcel } = await showPanel();
  peer.wire = cut;
  give(parcel.text);
  await vi.waitFor(() =>
    expect(place.querySelector('[data-carried="done"] .notice')).not.toBeNull(),
  );
  expect(place.querySelector('.primary')).toBeNull();
});

test('an answer, or any other file, is told apart', async () => {
  const { place, give } = await showPanel();
  const answer: CarriedAnswer = {
    kakou: 'answer',
    v: 1,
    receipts: [],
    refused: [],
    documents: {},
  };
  const seen = new Set<string>();
  for (const text of [carriedText(answer), 'hello', '{"kakou":"records"', '{"kakou":"x","v":7}']) {
    give(text);
    await vi.waitFor(() => {
      const said = place.querySelector('.notice')?.textContent ?? '';
      expect(said).not.toBe('');
      expect(seen).not.toContain(said);
    });
    seen.add(place.querySelector('.notice')?.textContent ?? '');
  }
});
