import { expect, test } from 'vitest';
import {
  formatEnrolmentLink,
  isEnrolmentLink,
  parseEnrolmentLink,
} from '../../src/core/enrolment.ts';

const link = {
  authority: 'https://kakou.example',
  root: 'A'.repeat(43),
  token: 'dGhpcyBpcyBhIHRva2Vu',
};
const text = formatEnrolmentLink(link);

test('a link says what it was made of, and all of it in the fragment', () => {
  expect(parseEnrolmentLink(text)).toEqual({ ok: true, value: link });
  expect(new URL(text)).toMatchObject({ origin: link.authority, pathname: '/enrol', search: '' });
});

test.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
  'a link to an authority on this machine is read: %s',
  (authority) => {
    expect(parseEnrolmentLink(formatEnrolmentLink({ ...link, authority })).ok).toBe(true);
  },
);

test.each([
  ['a member missing', text.replace('&token=', '&tok=')],
  ['an empty token', text.replace(link.token, '')],
  ['a token of another alphabet', text.replace(link.token, '%3Cscript%3E')],
  ['a token as long as a book', text.replace(link.token, 'A'.repeat(65))],
  ['a short root', text.replace(link.root, 'AAAA')],
  ['an authority that is no origin', formatEnrolmentLink({ ...link, authority: 'https://a/b' })],
  ['another scheme', text.replace('authority=https', 'authority=javascript')],
  ['a user in the authority', text.replace('kakou.example&', 'kakou.example%40evil.example&')],
  ['a backslash in the authority', text.replace('kakou.example&', 'kakou.example%5Cevil&')],
  ['white space', text.replace('kakou.example&', 'kakou.example+&')],
  ['another path', text.replace('/enrol#', '/enroll#')],
  ['what comes in the query', text.replace('#', '?')],
  ['a text that is too long', text + '&x='.padEnd(2048, 'x')],
  ['nothing', ''],
])('a link with %s is malformed', (_, changed) => {
  expect(changed).not.toBe(text);
  expect(parseEnrolmentLink(changed)).toEqual({ ok: false, reason: 'malformed' });
});

test('a broken link is still known to be one, so that the app can say what is wrong', () => {
  expect(isEnrolmentLink(text.replace(link.token, ''))).toBe(true);
  expect(isEnrolmentLink('KK1:ABC')).toBe(false);
  expect(isEnrolmentLink('https://kakou.example/')).toBe(false);
});
