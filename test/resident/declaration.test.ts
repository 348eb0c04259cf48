import { expect, test } from 'vitest';
import { declarationOf } from '../../src/page/declaration/declaration-of.ts';
import {
  BLANK,
  type DeclarationValues,
  faultsInWords,
  valuesOf,
} from '../../src/resident/account/declaration.ts';
import { accountEn } from '../../src/resident/i18n/account-en.ts';
import { accountZh } from '../../src/resident/i18n/account-zh.ts';

const TODAY = '2020-03-10';
const FILLED: DeclarationValues = {
  ...BLANK,
  name: ' 张小明 ',
  number: '420606199003071235',
  area: '420606',
  address: '长虹路 1 号',
  travelled: 'no',
  contact: 'no',
  promise: true,
};
const PASSPORT = {
  idType: 'passport',
  number: 'e1234567',
  state: 'usa',
  born: '1980-02-01',
} as const;

const faultsOf = (changes: Partial<DeclarationValues>) =>
  Object.entries(faultsInWords({ ...FILLED, ...changes }, accountZh, TODAY)).flatMap(
    ([name, problem]) => (problem === undefined ? [] : [name]),
  );

test('a whole declaration has no problems, and is sent without what the keyboard added', () => {
  expect(faultsOf({})).toEqual([]);
  expect(declarationOf({ ...FILLED, number: ' 42060619900307123５ ' })).toMatchObject({
    name: '张小明',
    document: { type: 'resident-id', number: '420606199003071235' },
    travel: '',
    contact: false,
  });
});

test.each<[string, Partial<DeclarationValues>, string[]]>([
  ['only spaces for a name', { name: '  ' }, ['name']],
  ['a name that hides its order', { name: '张\u202e明' }, ['name']],
  ['a wrong check digit', { number: '420606199003071236' }, ['number']],
  ['travel without a place', { travelled: 'yes', travel: ' ' }, ['travel']],
  ['nothing said of contacts', { contact: '' }, ['contact']],
  ['no promise', { promise: false }, ['promise']],
  ['a passport', PASSPORT, []],
  ['a passport of no state', { ...PASSPORT, state: 'U' }, ['state']],
  ['a passport of tomorrow’s child', { ...PASSPORT, born: '2020-03-11' }, ['born']],
  [
    'a Hong Kong permit',
    { idType: 'hk-macau-permit', number: 'H12345678', born: '1980-02-01' },
    [],
  ],
  [
    'a Hong Kong permit of a Taiwan number',
    { idType: 'hk-macau-permit', number: '12345678', born: '1980-02-01' },
    ['number'],
  ],
  ['a Taiwan permit without a birthday', { idType: 'taiwan-permit', number: '12345678' }, ['born']],
])('%s: %j lacks %j', (_, changes, problems) => {
  expect(faultsOf(changes)).toEqual(problems);
});

test('what stood in a field that is no longer asked is not sent', () => {
  const values = { ...FILLED, travel: '武汉', state: 'USA', born: '1980-02-01' };
  expect(declarationOf(values)).toMatchObject({
    travel: '',
    document: { type: 'resident-id', number: FILLED.number },
  });
});

test('what was declared comes back into the form, but for the promise', () => {
  const declared = declarationOf({ ...FILLED, ...PASSPORT, travelled: 'yes', travel: '武汉' });
  expect(declarationOf({ ...valuesOf(declared), promise: true })).toEqual(declared);
  expect(valuesOf(declared).promise).toBe(false);
});

test('every mistake has a sentence in both languages', () => {
  const empty = { ...BLANK, idType: 'passport', travelled: 'yes' } as const;
  const chinese = faultsInWords(empty, accountZh, TODAY);
  const english = faultsInWords(empty, accountEn, TODAY);
  for (const [name, problem] of Object.entries(chinese)) {
    expect(english[name as keyof typeof english] === undefined).toBe(problem === undefined);
  }
  expect(english.promise).toMatch(/^[\x20-\x7e]+$/);
});
