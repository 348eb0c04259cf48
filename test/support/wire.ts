import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** Of a slow line, bytes and milliseconds. */
const SLICE = 512;
const PAUSE = 5;

/** A network cable between browser and authority, to be cut and mended by a test. */
export interface Wire {
  readonly port: number;
  /** Every connection breaks at once, and new ones are refused. */
  cut(): Promise<void>;
  /** Becomes slow, and breaks in the middle of what the authority says, so many bytes from now on. */
  cutAfter(bytes: number): void;
  mend(): Promise<void>;
}

export async function layWire(target: { port: number }): Promise<Wire> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let left = Number.POSITIVE_INFINITY;

  function join(near: Socket): void {
    const far = connect(target.port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        // After its last word the rest of it may still be on its way.
        if (!socket.readableEnded) other.destroy();
      });
    }
    near.pipe(far);
    far.pipe(new Transform({ transform })).pipe(near);
  }

  async function transform(this: Transform, piece: Buffer, _: string, done: () => void) {
    let at = 0;
    while (at < piece.length) {
      const end = left === Number.POSITIVE_INFINITY ? piece.length : at + Math.min(SLICE, left);
      this.push(piece.subarray(at, end));
      left -= end - at;
      at = end;
      if (left <= 0) return cut();
      if (left < Number.POSITIVE_INFINITY) await pause(PAUSE);
    }
    done();
  }

  async function cut(): Promise<void> {
    const closing = server;
    server = undefined;
    left = Number.POSITIVE_INFINITY;
    const closed = new Promise((resolve) => closing?.close(resolve) ?? resolve(undefined));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  async function mend(): Promise<void> {
    const opened = createServer(join);
    server = opened;
    // The same port again, because to a browser the port is part of who the site is.
    await new Promise<void>((resolve, reject) => {
      opened.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    const address = opened.address();
    if (address && typeof address === 'object') port = address.port;
  }

  await mend();
  return {
    get port() {
      return port;
    },
    mend,
    cut,
    cutAfter(bytes) {
      left = bytes;
    },
  };
}
