import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/authority/start/listen.ts';
import { HQ, makeAuthority, postgresForThisFile } from './make.ts';
import { idNumber } from './residents/make.ts';

const postgres = await postgresForThisFile();
const MEGABYTE = 1024 * 1024;
const LINES = Buffer.from(`${idNumber(1)}\n`.repeat(MEGABYTE / 19));

/** Sends 100 MB over a socket, as fast as they are taken. */
async function sendLarge(port: number, headers: Readonly<Record<string, string>>) {
  const before = process.memoryUsage().rss;
  let [sent, most] = [0, before];
  const sending = request({
    ...{ port, method: 'POST', path: '/hq/lists/contact' },
    headers: { ...HQ, 'Content-Type': 'text/csv', ...headers },
  });
  const answered = new Promise<string>((done, fail) => {
    sending.once('error', fail);
    sending.once('response', (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.once('close', () =>
        done(`${answer.statusCode} ${answer.headers['content-type']} ${JSON.parse(body).code}`),
      );
    });
  });
  const over = answered.catch(() => {});
  while (sent < 100e6 && !sending.destroyed) {
    const room = sending.write(LINES);
    sent += LINES.length;
    most = Math.max(most, process.memoryUsage().rss);
    if (!room) await Promise.race([new Promise((next) => sending.once('drain', next)), over]);
    if (await Promise.race([over.then(() => true), new Promise((next) => setImmediate(next))]))
      break;
  }
  const said = await answered;
  sending.destroy();
  return { said, sent, grown: most - before };
}

test.each([
  ['says its length', { 'Content-Length': '100000000' }],
  ['does not say its length', { 'Transfer-Encoding': 'chunked' }],
])(
  'a list of 100 MB that %s is refused over a socket, and is never in memory',
  async (_, headers) => {
    const authority = await makeAuthority(postgres, { demo: false });
    const listener = await listen(0);
    onTestFinished(listener.close);
    listener.serve(authority.app.fetch);
    const { said, sent, grown } = await sendLarge(listener.port, headers);
    expect(said).toBe('413 application/problem+json too-large');
    expect(sent).toBeLessThan(40e6);
    expect(grown).toBeLessThan(60e6);
    // It goes on serving.
    expect((await fetch(`http://127.0.0.1:${listener.port}/healthz`)).status).toBe(200);
  },
);
