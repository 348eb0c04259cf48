import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Limits, listen } from '../../src/authority/start/listen.ts';

const SHORT: Limits = { connections: 3, head: 200, request: 400, check: 50 };

async function serve() {
  const listener = await listen(0, SHORT);
  listener.serve(async (request) => new Response(await request.text()));
  const open: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await listener.close();
  });
  /** Says something and nothing more. @returns what it is told before it is hung up. */
  const say = (text: string) => {
    const socket = connect(listener.port, '127.0.0.1', () => socket.write(text));
    open.push(socket);
    return new Promise<string>((done) => {
      let said = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => done(said));
    });
  };
  return { port: listener.port, say };
}

test('a client that never ends the head of its request is hung up', async () => {
  const { say } = await serve();
  expect(await say('PUT / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client that never ends its body is hung up', async () => {
  const { say } = await serve();
  const head = 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n';
  expect(await say(`${head}a little`)).toMatch(/^HTTP\/1\.1 408 /);
});

test('idle connections beyond the limit are closed at once, and leave room again when they end', async () => {
  const { port, say } = await serve();
  const idle = [say(''), say(''), say('')];
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).catch(() => 'closed')).toBe('closed');
  await Promise.all(idle);
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'PUT', body: 'hello' });
  expect(await answer.text()).toBe('hello');
});
