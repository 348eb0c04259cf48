import { Hono } from 'hono';
import { openApi } from '../openapi/openapi.ts';

/** Of the protocol, which changes only by additions. */
const VERSION = '1';

/** `GET /openapi.json`: the protocol for programs. Made when it is first asked for. */
export function openApiRoutes(): Hono {
  let text: string | undefined;
  return new Hono().get('/openapi.json', (c) => {
    text ??= JSON.stringify(openApi(VERSION));
    c.header('Cache-Control', 'no-cache');
    return c.body(text, 200, { 'Content-Type': 'application/json' });
  });
}
