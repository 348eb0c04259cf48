import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { expect } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/authority/openapi/endpoints.ts';
import { ANSWERS } from '../../src/authority/openapi/schemas.ts';

const PATTERNS = ENDPOINTS.map((endpoint) => {
  const [method = '', path = ''] = endpoint.at.split(' ');
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return { endpoint, method, pattern };
}).sort((one, other) => parameters(one.endpoint) - parameters(other.endpoint));

function parameters({ at }: Endpoint): number {
  return at.split('{').length;
}

/** Which of the endpoints answers this; undefined: none, or one of the site. */
function endpointOf({ method, url }: Request): Endpoint | undefined {
  const { pathname } = new URL(url);
  const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
  return PATTERNS.find((one) => one.method === asked && one.pattern.test(pathname))?.endpoint;
}

/**
 * Holds an answer against what the OpenAPI document says of this endpoint and status: its media
 * type, its schema, and that there is nothing in it that the schema does not tell of.
 */
export async function expectDocumented(request: Request, answer: Response): Promise<void> {
  const endpoint = endpointOf(request);
  const { status } = answer;
  const type = answer.headers.get('Content-Type')?.split(';')[0] ?? null;
  const name = `${request.method} ${new URL(request.url).pathname}: ${status}`;
  const given = endpoint?.gives[status];
  if (status >= 400 && given === undefined) {
    const isPage = type === 'text/html' && !endpoint;
    expect([name, isPage || type]).toEqual([name, isPage || 'application/problem+json']);
    if (!isPage && request.method !== 'HEAD') isOf(name, 'ProblemBody', await answer.json());
    return;
  }
  if (!endpoint) return;
  expect(Object.keys(endpoint.gives), name).toContain(String(status));
  const content = typeof given === 'string' ? { 'application/json': given } : (given ?? {});
  const [said, schema] = Object.entries(content)[0] ?? [null, 'bytes'];
  expect([name, type]).toEqual([name, said]);
  if (schema === 'bytes' || request.method === 'HEAD' || answer.headers.has('Content-Range'))
    return;
  const text = await textOf(answer);
  isOf(name, schema, /[/+]json$/.test(said ?? '') ? JSON.parse(text) : text);
}

/** As a client reads it that was sent a compressed form. */
async function textOf(answer: Response): Promise<string> {
  const coding = answer.headers.get('Content-Encoding');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (!coding) return new TextDecoder().decode(bytes);
  return (coding === 'br' ? brotliDecompressSync : gunzipSync)(bytes).toString();
}

function isOf(name: string, schema: keyof typeof ANSWERS, body: unknown): void {
  const parsed = v.safeParse(ANSWERS[schema], body);
  expect([name, parsed.issues?.map((issue) => v.getDotPath(issue))]).toEqual([name, undefined]);
  // What a schema leaves away is a member that is not documented.
  expect(parsed.output, name).toEqual(body);
}
