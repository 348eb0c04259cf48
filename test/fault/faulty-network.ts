import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { dice } from '../support/hostile/random.ts';

/** What a bad network does to one request and its answer. */
const FAULTS = {
  pass: 40,
  /** Arrives late, and so behind what was sent after it. */
  delay: 20,
  /** Is swallowed without a word, until somebody gives up. */
  drop: 8,
  reset: 8,
  /** Arrives; the answer does not. */
  'lose answer': 8,
  /** Arrives, and once more when it was answered long ago. */
  duplicate: 8,
  /** Half of the answer arrives. */
  truncate: 8,
  /** Half of the request arrives. */
  'cut request': 8,
} as const;
type Fault = keyof typeof FAULTS;

export interface FaultyNetwork {
  readonly port: number;
  /** How often each fault happened. */
  readonly counts: Readonly<Record<Fault, number>>;
  /** Uploads of records that the authority has not answered yet. */
  readonly uploading: number;
  /** Resolves when the next one of them is passed on. */
  nextUpload(): Promise<void>;
  /** From now on everything passes. */
  calm(): void;
  rage(): void;
  /** From now on the service worker is another version: the browser will want to update. */
  release(): void;
  close(): Promise<void>;
}

/**
 * A proxy between browsers and the authority that loses, delays, doubles, reorders, cuts
 * short and resets, by the dice of a seed. It begins calm.
 */
export async function layFaultyNetwork(target: number, seed: number): Promise<FaultyNetwork> {
  const { between } = dice(seed);
  const random = () => between(0, 1);
  const counts = {
    pass: 0,
    delay: 0,
    drop: 0,
    reset: 0,
    'lose answer': 0,
    duplicate: 0,
    truncate: 0,
    'cut request': 0,
  };
  let uploading = 0;
  const watchers: (() => void)[] = [];
  let raging = false;
  let version = 0;

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const send = async (bytes = body) => {
      const isUpload = incoming.method === 'PUT';
      if (isUpload) uploading++;
      for (const told of watchers.splice(0, isUpload ? watchers.length : 0)) told();
      try {
        return await forward(target, incoming, bytes);
      } finally {
        if (isUpload) uploading--;
      }
    };
    const fault = raging ? pick(random()) : 'pass';
    counts[fault]++;
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault === 'drop') {
      await pause(1000 * random());
      return void incoming.socket.destroy();
    }
    if (fault === 'delay') await pause(600 * random());
    if (fault === 'duplicate') setTimeout(() => send().catch(() => {}), 3000 * random());
    if (fault === 'cut request') await send(body.subarray(0, body.length / 2)).catch(() => {});
    if (fault === 'cut request') return void incoming.socket.destroy();
    const answer = await send();
    if (fault === 'lose answer') return void incoming.socket.destroy();
    const bytes = incoming.url === '/sw.js' ? withVersion(answer.body, version) : answer.body;
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
    if (fault !== 'truncate') return void outgoing.end(bytes);
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => incoming.socket.destroy());
  }

  return {
    port: address.port,
    counts,
    get uploading() {
      return uploading;
    },
    nextUpload: () => new Promise((told) => watchers.push(told)),
    calm() {
      raging = false;
    },
    rage() {
      raging = true;
    },
    release() {
      version++;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A fault as often as its weight says. */
function pick(at: number): Fault {
  const urn = (Object.keys(FAULTS) as Fault[]).flatMap((fault) =>
    new Array<Fault>(FAULTS[fault]).fill(fault),
  );
  return urn[Math.floor(at * urn.length)] ?? 'pass';
}

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function forward(port: number, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url, headers } = incoming;
  // The authority knows of no other version: to it nothing was modified.
  const { 'if-none-match': _, ...whole } = headers;
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request(
      // Every answer whole and plain, so that it can be counted and cut.
      {
        host: '127.0.0.1',
        port,
        method,
        path: url,
        headers: { ...(url === '/sw.js' ? whole : headers), 'accept-encoding': '' },
      },
      (answer) => {
        readAll(answer).then((read) => {
          const { 'transfer-encoding': _, ...rest } = answer.headers;
          resolve({ status: answer.statusCode ?? 502, headers: rest, body: read });
        }, reject);
      },
    );
    outgoing.once('error', reject);
    // What is shorter than its head says was cut: there the line breaks.
    if (body.length < Number(headers['content-length'] ?? 0)) {
      outgoing.write(body, () => outgoing.destroy());
    } else {
      outgoing.end(body);
    }
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function withVersion(script: Buffer, version: number): Buffer {
  return Buffer.concat([script, Buffer.from(`\n// ${version}\n`)]);
}
