import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { ENDPOINTS, type Endpoint, leastRole } from './endpoints.ts';
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
      const { $schema: _, ...json } = toJsonSchema(schema, { typeMode, errorMode: 'ignore' });
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
  const { says, takes, takesToo, gives, for: whose } = endpoint;
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
    summary: says,
    ...(parameters.length > 0 && { parameters }),
    ...(whose && { security: [{ [whose]: least ? [least] : [] }] }),
    ...(takes && {
      requestBody: {
        required: true,
        content: { ...json(takes), ...(takesToo && { [takesToo]: {} }) },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(gives).map(([status, what]) => [status, answer(what)])),
      default: {
        description: 'Problem details (RFC 9457)',
        content: { 'application/problem+json': { schema: reference('ProblemBody') } },
      },
    },
  };
}

function answer(what: Endpoint['gives'][number] | undefined) {
  if (!what) return { description: 'Done' };
  return {
    description: what,
    content: what.includes('/') ? { [what]: {} } : json(what),
  };
}

function json(name: string) {
  return { 'application/json': { schema: reference(name) } };
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
