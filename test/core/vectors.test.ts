import { expect, test } from 'vitest';
import { makeVectors } from '../vectors/make.ts';
import { sign } from '../vectors/sign.ts';
import { testVectors } from '../vectors/suite.ts';

await testVectors();

test.each(Object.entries(await makeVectors()))(
  '%s is what make.ts makes',
  async (name, content) => {
    await expect(content).toMatchFileSnapshot(`../vectors/${name}`);
  },
);

test('the signatures are those of RFC 6979: its own example (A.2.5, SHA-256, "sample")', () => {
  const d = Buffer.from('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721', 'hex');
  expect(Buffer.from(sign('sample', { d })).toString('hex').toUpperCase()).toBe(
    'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716' +
      'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  );
});
