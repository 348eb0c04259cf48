import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Fault } from '../../core/result.ts';
import { problem } from '../problem.ts';

/** What it gets besides the request is of the connection: see clientAddress. */
type Answer = (request: Request, env?: object) => Response | Promise<Response>;

export interface Listener {
  readonly port: number;
  /** Until then, everyone is told to come back. */
  serve(fetch: Answer): void;
  /** Takes no new requests and waits for those that were taken, but not for ever. */
  close(): Promise<void>;
}

/** What an ending server gives to requests that it took, milliseconds. */
const GRACE = 10_000;

/** What clients may hold of this process, so that slow or idle ones leave room for others. */
export interface Limits {
  /** Beyond so many, a connection is closed at once. */
  readonly connections: number;
  /** How long the head of a request and all of it may take to arrive, milliseconds. */
  readonly head: number;
  readonly request: number;
  /** How often the two are looked at, milliseconds. */
  readonly check: number;
}

/** A rural line needs a minute for a large batch. */
const LIMITS: Limits = { connections: 2_000, head: 15_000, request: 120_000, check: 5_000 };

/** Longer than a reverse proxy keeps a connection that it means to use again, milliseconds. */
const KEEP_ALIVE = 65_000;

/**
 * @param port 0: any that is free.
 * @throws Fault `port-in-use` or `port-forbidden`
 */
export async function listen(port: number, limits = LIMITS): Promise<Listener> {
  let answer: Answer = () => problem('busy', { detail: 'Starting.', retryAfter: 2 });
  const server = createServer(
    {
      requestTimeout: limits.request,
      headersTimeout: limits.head,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: limits.check,
    },
    getRequestListener((request, env) => answer(request, env)),
  );
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    // Every address, so that phones reach it.
    server.listen(port, resolve);
  });
  let closed: Promise<void> | undefined;
  const close = () =>
    new Promise<void>((resolve) => {
      // A connection that is kept alive is idle once its last request was answered.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const impatient = setTimeout(() => server.closeAllConnections(), GRACE);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(impatient);
        resolve();
      });
    });
  return {
    port: (server.address() as AddressInfo).port,
    serve(fetch) {
      answer = fetch;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new Fault('port-in-use', `Port ${port} is in use. Name another with PORT.`);
  }
  if (error.code === 'EACCES') {
    return new Fault('port-forbidden', `Port ${port} is not allowed. Name another with PORT.`);
  }
  return error;
}
