import { afterAll, expect, test } from 'vitest';
import { startOwnPostgres } from '../support/postgres.ts';
import { closeAuthorities, enrolStation, makeAuthority, problemOf, request } from './make.ts';

afterAll(closeAuthorities, 60_000);

test('while the database is away, everyone is told to come back', async () => {
  const postgres = await startOwnPostgres();
  const authority = await makeAuthority(postgres);
  const station = await enrolStation(authority);
  await station.write();
  await postgres.stop();

  const upload = await station.upload(1, 1);
  expect(upload.headers.get('Retry-After')).toBe('5');
  expect(await problemOf(upload)).toBe('503 busy');
  for (const path of ['/trust', '/healthz']) {
    expect(await problemOf(request(authority, 'GET', path))).toBe('503 busy');
  }
});
