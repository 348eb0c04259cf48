import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { DeviceShares } from '../../src/authority/ingest/device-share.ts';
import { serveMetrics } from '../../src/authority/metrics/serve-metrics.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  put,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

test('what came in, was opened and was set aside can be read as metrics', async () => {
  const station = await enrolStation(authority);
  await station.write();
  station.sealed.push('poison');
  await station.write();
  await station.upload(1, 2);
  await station.upload(1, 2);
  await authority.open();
  await station.upload(3, 3);
  const lines = (await authority.metrics.render()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE kakou_batches_total counter',
      'kakou_batches_total{outcome="stored"} 3',
      'kakou_records_stored_total 3',
      'kakou_records_opened_total{result="opened"} 1',
      'kakou_records_opened_total{result="not-sealed"} 1',
      '# TYPE kakou_records_waiting gauge',
      'kakou_records_waiting 1',
      'kakou_records_quarantined 1',
      '# TYPE kakou_upload_seconds histogram',
      'kakou_upload_seconds_bucket{le="+Inf"} 3',
      'kakou_upload_seconds_count 3',
    ]),
  );
});

test('every line of the metrics is a comment or a name with a number', async () => {
  const text = await authority.metrics.render();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) kakou_\w+ .+|kakou_\w+(\{\w+="[\w.+-]+"\})? (\d+(\.\d+)?(e-?\d+)?))$/,
    );
  }
});

test('metrics are served on this machine only, and at their own address', async () => {
  const logged: string[] = [];
  const served = await serveMetrics(authority.metrics, 0, (event) => logged.push(event));
  onTestFinished(served.close);
  const origin = `http://127.0.0.1:${served.port}`;
  const answer = await fetch(`${origin}/metrics`);
  expect(answer.headers.get('Content-Type')).toBe('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('kakou_upload_seconds_sum');
  expect((await fetch(`${origin}/`)).status).toBe(404);
  expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404);
  expect(logged).toEqual([]);
});

test('a device may send a shift at once, and then as much as no queue of people is', () => {
  const shares = new DeviceShares();
  for (let sent = 0; sent < 10_000; sent += 500) {
    expect(shares.wait('a', NOW)).toBe(0);
    shares.spend('a', 500, NOW);
  }
  for (let sent = 0; sent < 20; sent++) shares.spend('a', 500, NOW);
  const wait = shares.wait('a', NOW);
  expect(wait).toBeGreaterThan(0);
  expect(shares.wait('a', NOW + wait - 1)).toBeGreaterThan(0);
  expect(shares.wait('a', NOW + wait)).toBe(0);
  expect(shares.wait('b', NOW)).toBe(0);
});

test('a clock that is set back takes no share away', () => {
  const shares = new DeviceShares();
  shares.spend('a', 500, NOW);
  expect(shares.wait('a', NOW - 86_400)).toBe(0);
});

test('a device that sends too much is told when to come back, and nobody else can use up its share', async () => {
  const station = await enrolStation(authority);
  station.sealed.push(...Array(500).fill('x'));
  const body = await station.batch(1, 500);
  const stranger = { ...body, batch: `${body.batch.slice(0, -8)}AAAAAAAA` };
  for (let n = 0; n < 50; n++) {
    expect((await put(authority, station.device, 1, 500, stranger)).status).toBe(400);
  }
  let answer = await put(authority, station.device, 1, 500, body);
  expect(answer.status).toBe(200);
  for (let n = 0; answer.status === 200 && n < 50; n++) {
    answer = await put(authority, station.device, 1, 500, body);
  }
  const wait = Number(answer.headers.get('Retry-After'));
  expect(await problemOf(answer)).toBe('429 busy');
  authority.clock.now += wait;
  expect((await put(authority, station.device, 1, 500, body)).status).toBe(200);
});
