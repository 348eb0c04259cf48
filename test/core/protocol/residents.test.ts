import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AppealRequest, Declaration } from '../../../src/core/protocol/residents.ts';

const DECLARATION = {
  name: '张小明',
  document: { type: 'resident-id', number: '420606199003071235' },
  area: '420606',
  address: '长虹路 1 号',
  travel: '',
  contact: false,
  symptoms: [],
  promise: true,
};

// PostgreSQL holds neither: half a character would come back as another one.
test.each(['\0', '\ud800'])('what no database can keep as it is, is not taken: %j', (odd) => {
  expect(v.is(Declaration, DECLARATION)).toBe(true);
  for (const field of ['address', 'travel'] as const) {
    expect(v.is(Declaration, { ...DECLARATION, [field]: `A${odd}B` })).toBe(false);
  }
  expect(v.is(AppealRequest, { text: `A${odd}B` })).toBe(false);
});
