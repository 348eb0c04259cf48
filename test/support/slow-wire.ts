import { connect, createServer, type Socket } from 'node:net';

/** A line of a given speed between browser and authority, shared by all connections. */
export interface SlowWire {
  readonly port: number;
  /** Bytes that went each way since the last `count()`. */
  count(): { readonly up: number; readonly down: number };
  close(): Promise<void>;
}

export interface Line {
  /** Bits a second, each way. */
  readonly rate: number;
  /** Milliseconds, there and back. */
  readonly roundTrip: number;
}

/** What is read ahead of the line, bytes: a modem's buffer. */
const BUFFER = 32 * 1024;

/** @param line undefined: as fast as it goes, until `slow` is called. */
export async function laySlowWire(target: {
  port: number;
}): Promise<SlowWire & { slow(line: Line): void }> {
  let line: Line | undefined;
  const sockets = new Set<Socket>();
  const lanes = { up: { free: 0, bytes: 0 }, down: { free: 0, bytes: 0 } };

  function carry(from: Socket, to: Socket, lane: { free: number; bytes: number }): void {
    let waiting = 0;
    from.on('data', (chunk) => {
      lane.bytes += chunk.length;
      if (!line) return void to.write(chunk);
      // One after the other over the line, then half a round trip under way.
      lane.free = Math.max(lane.free, performance.now()) + (chunk.length * 8000) / line.rate;
      waiting += chunk.length;
      if (waiting > BUFFER) from.pause();
      const sent = lane.free - performance.now();
      setTimeout(() => {
        waiting -= chunk.length;
        if (waiting <= BUFFER) from.resume();
      }, sent);
      setTimeout(() => to.write(chunk), sent + line.roundTrip / 2);
    });
    from.on('end', () => setTimeout(() => to.end(), line ? line.roundTrip : 0));
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    sockets.add(from);
  }

  const server = createServer((near) => {
    const far = connect(target.port, '127.0.0.1');
    carry(near, far, lanes.up);
    carry(far, near, lanes.down);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    slow(next) {
      line = next;
    },
    count() {
      const counted = { up: lanes.up.bytes, down: lanes.down.bytes };
      lanes.up.bytes = 0;
      lanes.down.bytes = 0;
      return counted;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
