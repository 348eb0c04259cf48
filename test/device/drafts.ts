import type { RecordDraft } from '../../src/core/record/draft.ts';
import { NOW } from '../core/make.ts';

export const SUB = 'AQIDBAUGBwg';

/** A pass; `changes` make it something else. */
export function makeDraft(changes: Partial<RecordDraft> = {}): RecordDraft {
  return {
    at: NOW,
    verdict: 'pass',
    reason: 'green',
    code: {
      sub: SUB,
      kind: 'live',
      colour: 'green',
      area: '420606',
      statusIndex: 7,
      issuedAt: NOW - 7200,
    },
    reading: { tenths: 365, site: 'forehead', instrument: 'keypad' },
    ages: { trust: 3600, bulletin: 600, status: 600 },
    amber: [],
    ...changes,
  };
}

export const FEVER = {
  verdict: 'stop',
  reason: 'fever',
  reading: { tenths: 376, site: 'forehead', instrument: 'keypad' },
} as const;
