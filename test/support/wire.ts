import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network cable between browser and authority, to be cut and mended by a test. */
export interface Wire {
  readonly port: number;
  /** Every connection breaks at once, and new ones are refused. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function layWire(target: { port: number }): Promise<Wire> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

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
        other.destroy();
      });
      socket.pipe(other);
    }
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
    async cut() {
      const closing = server;
      server = undefined;
      const closed = new Promise((resolve) => closing?.close(resolve) ?? resolve(undefined));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
