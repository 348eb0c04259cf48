import { expect, test } from 'vitest';
import { openGuardian } from '../../../../src/authority/residents/identity/guardian.ts';
import { sealPlain } from '../../../../src/authority/residents/identity/seal-plain.ts';
import { readCode } from '../../../../src/core/code/read.ts';
import {
  enrolStation,
  fetchCode,
  fetchTrust,
  makeAuthority,
  personOf,
  postgresForThisFile,
  recordOf,
} from '../../make.ts';

const postgres = await postgresForThisFile();

test('what an earlier version kept in plain form is hidden at the start, once', async () => {
  const authority = await makeAuthority(postgres);
  const { sql, db, vault } = authority;
  const station = await enrolStation(authority);
  const document = { type: 'resident-id', number: '420606199001010018' } as const;
  const vehicle = { plate: '鄂F8K12P', seat: 2 };
  for (let n = 1; n <= 5; n++) await station.write({ document, vehicle });
  await station.write();
  await station.upload(1, 6);
  await authority.open();
  const records = () => sql`select n, body, document_hash from records order by n`;
  const hidden = await records();
  for (let n = 1; n <= 5; n++) {
    const plain = JSON.stringify(recordOf(station.device, n, { document, vehicle }));
    await sql`update records set body = ${plain}::jsonb, document_hash = null where n = ${n}`;
  }
  await sql`update residents set guardian = null, guardian_name = '李社区'
    where guardian is not null`;

  await sealPlain(db, vault, 2);
  await sealPlain(db, vault, 2);
  expect(await records()).toEqual(hidden);
  const guarded = await sql<{ sub: string; guardian: Buffer }>`
    select sub, guardian from residents where guardian is not null or guardian_name is not null`;
  expect(guarded.length).toBeGreaterThan(0);
  for (const { sub, guardian } of guarded) {
    expect(openGuardian(vault, sub, guardian)).toBe('李社区');
  }
  const { ticket } = await personOf(authority, 'elder');
  const code = await readCode(
    (await fetchCode(authority, ticket)).text,
    await fetchTrust(authority),
  );
  expect(code).toMatchObject({ ok: true, value: { claims: { guardian: { name: '李社区' } } } });
});
