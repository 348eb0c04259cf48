import { beforeEach, expect, test } from 'vitest';
import { exportAccount } from '../../../../src/authority/residents/account/export-account.ts';
import { findByDocument } from '../../../../src/authority/residents/account/find-resident.ts';
import { askForCode, openSession } from '../../../../src/authority/residents/account/sign-in.ts';
import { declareOnAccount } from '../../../../src/authority/residents/declare/declare.ts';
import { DocumentHash } from '../../../../src/authority/residents/identity/document-hash.ts';
import { openGuardian } from '../../../../src/authority/residents/identity/guardian.ts';
import {
  endRotation,
  rotateVault,
} from '../../../../src/authority/residents/identity/rotate-vault.ts';
import { Vault } from '../../../../src/authority/residents/identity/vault.ts';
import { readPolicy } from '../../../../src/authority/settings.ts';
import {
  enrolStation,
  HQ,
  makeAuthority,
  postgresForThisFile,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  counterIn,
  declarationOf,
  idNumber,
  list,
  openPassage,
  type Phone,
  signIn,
} from '../make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let phones: Phone[];
let next: Vault;
beforeEach(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
  phones = [];
  for (let n = 0; n < 5; n++) {
    const phone = await signIn(authority, `1380000000${n}`);
    const { person } = await phone.declare(declarationOf(n, { contact: n > 2 }));
    if (n > 2) await phone.ask('POST', `/people/${person}/appeals`, { text: `不是我${n}` });
    phones.push(phone);
  }
  const gone = await signIn(authority, '13800000009');
  const { person } = await gone.declare(declarationOf(9));
  await gone.ask('DELETE', `/people/${person}`);
  await list(authority, 'contact', idNumber(20), idNumber(21), idNumber(22));
  const station = await enrolStation(authority);
  const document = { type: 'resident-id', number: idNumber(0) } as const;
  for (let n = 0; n < 3; n++)
    await station.write({ document, vehicle: { plate: '鄂F8K12P', seat: n + 1 } });
  await station.write();
  await station.upload(1, 4);
  await authority.open();
  await request(authority, 'POST', '/residents/sign-in/codes', { phone: '13800000008' });
  next = new Vault(authority.vault.successor);
});

const rotate = (signal?: AbortSignal) =>
  rotateVault(authority.db, authority.vault, next, signal, 2);

async function exported(vault: Vault): Promise<unknown[]> {
  const { sql, clock } = authority;
  const accounts = await sql<{ account: string }>`select account from accounts order by made_at, 1`;
  const policy = await readPolicy(sql);
  return Promise.all(
    accounts.map(({ account }) => exportAccount(sql, account, vault, policy, clock.now)),
  );
}

/** Every keyed hash that there is, by where it stands. */
async function hashes(): Promise<readonly { at: string; hash: Buffer }[]> {
  return authority.sql`
    select 'account ' || account as at, phone_hash as hash from accounts
    union all select 'resident ' || sub, id_hash from residents
    union all select 'record ' || n, document_hash from records where document_hash is not null
    union all select 'plate ' || n, decode(replace(replace(body #>> '{vehicle,hash}', '-', '+'),
      '_', '/') || '=', 'base64') from records where body #> '{vehicle}' is not null
    order by 1`;
}

test('what is sealed is opened by the new key alone, and what is hashed is compared by it', async () => {
  const { sql, db, vault, clock } = authority;
  const before = { said: await exported(vault), hashes: await hashes() };
  expect(before.hashes).toHaveLength(16);
  await rotate();
  expect(await exported(next)).toEqual(before.said);
  await expect(exported(vault)).rejects.toThrow();
  const again = before.hashes.map(({ at, hash }) => ({ at, hash: next.hashAgain(hash) }));
  expect(await hashes()).toEqual(again);

  const found = { type: 'resident-id', number: idNumber(0) } as const;
  expect(await findByDocument(sql, found, vault)).toBeUndefined();
  expect(await findByDocument(sql, found, next)).toBeDefined();
  // The lists still name whom they named, and who was deleted stays so.
  const names = (hash: Buffer) => sql`select from list_entries where id_hash = ${hash}`;
  const listed = next.hashDocument({ type: 'resident-id', number: idNumber(20) });
  expect(await names(listed)).toHaveLength(1);
  const erased = next.hashDocument({ type: 'resident-id', number: idNumber(9) });
  expect(await sql`select from erasures where document_hash = ${erased}`).toHaveLength(1);

  // Who signs in and declares is who they were.
  const deps = { db, clock: () => clock.now, vault: next, onStatusChange: () => {} };
  let code = '';
  const sendCode = async (_: string, sent: string) => {
    code = sent;
  };
  await askForCode('13800000000', { ...deps, sendCode });
  expect(await openSession('13800000000', code, { ...deps, sendCode })).toMatchObject({ ok: true });
  expect(await sql`select from accounts`).toHaveLength(5);
  const [account] = await sql<{ account: string }>`select account from accounts
    where phone_hash = ${next.hashPhone('13800000000')}`;
  expect(
    await declareOnAccount(account?.account ?? '', declarationOf(0), undefined, deps),
  ).toMatchObject({ ok: true, value: { fresh: false } });
});

test('whoever applied at a counter stands on the code as before', async () => {
  const body = {
    declaration: declarationOf(30),
    guardian: { name: '李社区', relationship: 'guardian' },
  };
  const { person } = await counterIn(await request(authority, 'POST', '/hq/residents', body, HQ));
  await rotate();
  const [row] = await authority.sql<{ guardian: Buffer }>`
    select guardian from residents where sub = ${person}`;
  expect(openGuardian(next, person, row?.guardian ?? Buffer.alloc(0))).toBe('李社区');
});

test('stopped after any batch, it goes on where it was, and nothing is done twice', async () => {
  const { sql, vault } = authority;
  const said = await exported(vault);
  const before = await hashes();
  for (let stops = 0; ; stops++) {
    // As a kill between two transactions: the batch that is under way is the last.
    const stopping = new AbortController();
    const stopped = rotateVault(stopAfterOne(stopping), vault, next, stopping.signal, 2).then(
      () => 'through',
      (error: { code?: string }) => error.code,
    );
    if ((await stopped) === 'through') {
      expect(stops).toBeGreaterThan(12);
      break;
    }
    for (const one of [vault, next]) {
      await expect(one.claim(sql)).rejects.toMatchObject({ code: 'rotation-unfinished' });
    }
  }
  expect(await exported(next)).toEqual(said);
  const again = before.map(({ at, hash }) => ({ at, hash: next.hashAgain(hash) }));
  expect(await hashes()).toEqual(again);
});

function stopAfterOne(stopping: AbortController): TestAuthority['db'] {
  const { db } = authority;
  return {
    ...db,
    transaction: async (work) => {
      const done = await db.transaction(work);
      stopping.abort();
      return done;
    },
  };
}

test('the database belongs to the new key from then on, and to a third one after that', async () => {
  const { sql, vault, db } = authority;
  await rotate();
  await endRotation(sql);
  await next.claim(sql);
  await expect(vault.claim(sql)).rejects.toMatchObject({ code: 'other-residents-key' });
  // The opener's half of it.
  await DocumentHash.read(`${next.text}\n`).claim(sql);

  const said = await exported(next);
  const third = new Vault(next.successor);
  await rotateVault(db, next, third, undefined, 3);
  await endRotation(sql);
  expect(await exported(third)).toEqual(said);
  const number = { type: 'resident-id', number: idNumber(1) } as const;
  expect(await findByDocument(sql, number, third)).toBeDefined();
});

test('another new key than the one with which it was begun is refused', async () => {
  const stopping = new AbortController();
  await expect(
    rotateVault(stopAfterOne(stopping), authority.vault, next, stopping.signal, 2),
  ).rejects.toMatchObject({ code: 'interrupted' });
  const other = new Vault(authority.vault.successor);
  await expect(rotateVault(authority.db, authority.vault, other)).rejects.toMatchObject({
    code: 'other-residents-key',
  });
});

test("no column of bytes is forgotten: each is brought over, or is not of residents' keys", async () => {
  const columns = await authority.sql<{ name: string }>`
    select relname || '.' || attname as name
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and atttypid = 'bytea'::regtype and not attisdropped order by 1`;
  const brought = [
    ...['accounts.phone', 'accounts.phone_hash', 'appeals.sealed', 'declarations.sealed'],
    ...['erasures.document_hash', 'list_entries.id_hash', 'records.document_hash'],
    ...['residents.guardian', 'residents.id_hash'],
    ...['sign_in_codes.code_digest', 'sign_in_codes.phone_hash'],
  ];
  const others = [
    ...['documents.br', 'documents.gzip', 'passkeys.public_key', 'resident_sessions.token_digest'],
    ...['status_deltas.br', 'status_deltas.gzip', 'status_versions.packed'],
  ];
  expect(columns.map(({ name }) => name).sort()).toEqual([...brought, ...others].sort());
});
