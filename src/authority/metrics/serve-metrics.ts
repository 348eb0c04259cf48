import { createServer } from 'node:http';
import { errorFacts, type Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

/**
 * `GET /metrics` on a port of its own, for this machine alone: a reverse proxy in front of the
 * other port cannot make it public by mistake.
 *
 * @param port 0: any that is free.
 * @returns the port, and how to close it.
 */
export async function serveMetrics(
  metrics: Metrics,
  port: number,
  log: Log,
): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => {
        response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(text);
      },
      (error: unknown) => {
        log('metrics-failed', errorFacts(error));
        response.writeHead(503).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
