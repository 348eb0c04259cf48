import { expect, test } from 'vitest';
import { codeHash, PAGES, pageHash, readAddress } from '../../src/resident/address.ts';

test.each([
  ['', { at: 'home' }],
  ['#', { at: 'home' }],
  ['#/', { at: 'home' }],
  ['#nonsense', { at: 'home' }],
  ['#constructor/x', { at: 'home' }],
  ['#/a%2Fb', { at: 'code', ticket: 'a/b' }],
  ['#/%E0%A4%A', { at: 'code', ticket: '%E0%A4%A' }],
  ['#check-in/abc', { at: 'check-in', person: 'abc' }],
])('%j is %j', (hash, address) => {
  expect(readAddress(hash)).toEqual(address);
});

test('a code and a page are never taken for each other, whatever the ticket', () => {
  for (const page of PAGES) {
    expect(readAddress(codeHash(page))).toEqual({ at: 'code', ticket: page });
    expect(readAddress(pageHash(page, 'a/b %'))).toEqual({ at: page, person: 'a/b %' });
  }
});
