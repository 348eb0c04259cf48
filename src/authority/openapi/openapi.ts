import { STATUS_CODES } from 'node:http';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { type Content, ENDPOINTS, type Endpoint, leastRole } from './endpoints.ts';
import { ANSWERS, REQUESTS } from './schemas.ts';

/**
 * The protocol as an OpenAPI 3.1 document, made from the very schemas that validate what
 * comes in. What no JSON Schema can say (a check over several members, a strict spelling) is
 * left out there, and checked all the same.
 */
export function openApi(version: string): object {
  return {
    openapi: '3.1.1',
    info: { title: 'Kakou', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: paths(),
    components: {
      schemas: { ...schemas(REQUESTS, 'input'), ...schemas(ANSWERS, 'output') },
      responses: {
        Problem: {
          description: 'Problem details (RFC 9457)',
          content: content({ 'application/problem+json': 'ProblemBody' }),
        },
      },
      securitySchemes: {
        staff: { type: 'http', scheme: 'bearer', description: "Headquarters' key, or a session" },
        resident: { type: 'http', scheme: 'bearer', description: 'A session of a resident' },
      },
    },
  };
}

function schemas(all: Readonly<Record<string, v.GenericSchema>>, typeMode: 'input' | 'output') {
  return Object.fromEntries(
    Object.entries(all).map(([name, schema]) => {
      const { $schema: _, ...json } = toJsonSchema(schema, {
        ...{ typeMode, target: 'draft-2020-12', errorMode: 'ignore' },
      });
      return [name, json];
    }),
  );
}

function paths() {
  const byPath: Record<string, Record<string, object>> = {};
  for (const endpoint of ENDPOINTS) {
    const [method = '', path = ''] = endpoint.at.split(' ');
    byPath[path] = { ...byPath[path], [method]: operation(endpoint, path) };
  }
  return byPath;
}

function operation(endpoint: Endpoint, path: string) {
  const { at, says, takes, takesToo, gives, for: whose } = endpoint;
  const least = leastRole(endpoint);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
  const query = Object.entries(endpoint.query ?? {}).map(([name, { source }]) => ({
    ...{ name, in: 'query', schema: { type: 'string', pattern: source } },
  }));
  const headers = Object.entries(endpoint.headers ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'header', content: json(schema) },
  }));
  const parameters = [...inPath, ...query, ...headers];
  return {
    operationId: nameOf(at),
    summary: says,
    ...(parameters.length > 0 && { parameters }),
    ...(whose && { security: [{ [whose]: least ? [least] : [] }] }),
    ...(takes && {
      requestBody: {
        required: true,
        content: { ...json(takes), ...(takesToo && content(takesToo)) },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(gives).map(([status, what]) => [status, answer(Number(status), what)]),
      ),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** `putHqFeversDeviceN`, of `put /hq/fevers/{device}/{n}`. */
function nameOf(at: string): string {
  return at.replaceAll(/\W+(\w)/g, (_, first: string) => first.toUpperCase()).replace(/\W+$/, '');
}

function answer(status: number, what: Endpoint['gives'][number] | undefined) {
  const description = STATUS_CODES[status] ?? '';
  if (!what) return { description };
  return { description, content: typeof what === 'string' ? json(what) : content(what) };
}

function content(types: Content) {
  return Object.fromEntries(
    Object.entries(types).map(([type, name]) => [
      type,
      name === 'bytes' ? {} : { schema: reference(name) },
    ]),
  );
}

function json(name: string) {
  return { 'application/json': { schema: reference(name) } };
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
