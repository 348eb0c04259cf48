/**
 * What is wrong with an OpenAPI 3.1 document, by its own specification and, for its schemas, by
 * JSON Schema 2020-12: as much of both as this authority uses. What is not known here is a fault,
 * so that nothing goes unchecked.
 */
export function faultsOf(document: unknown): string[] {
  const faults: string[] = [];
  const fault = (at: string, what: string) => faults.push(`${at}: ${what}`);
  const { openapi, info, paths, components, ...strange } = members(document);
  if (!/^3\.1\.\d+$/.test(String(openapi))) fault('openapi', 'is not 3.1');
  for (const name of Object.keys(strange)) fault(name, 'is no member of a document');
  for (const name of ['title', 'version']) {
    if (typeof members(info)[name] !== 'string') fault(`info/${name}`, 'is no text');
  }
  const { schemas, responses, securitySchemes } = members(components);
  const checks: Checks = { document, fault, schemes: Object.keys(members(securitySchemes)) };
  for (const [name, one] of Object.entries(members(schemas))) schemaFaults(one, name, checks);
  for (const [name, one] of Object.entries(members(responses))) {
    responseFaults(one, `responses/${name}`, checks);
  }
  const ids: unknown[] = [];
  const shapes: string[] = [];
  for (const [path, item] of Object.entries(members(paths))) {
    if (!/^\/[\w./{}-]+$/.test(path)) fault(path, 'is no path');
    shapes.push(path.replaceAll(/\{\w+\}/g, '{}'));
    for (const [method, operation] of Object.entries(members(item))) {
      if (!METHODS.includes(method)) fault(`${method} ${path}`, 'is no method');
      operationFaults(members(operation), `${method} ${path}`, checks);
      ids.push(members(operation)['operationId']);
    }
  }
  for (const same of [...repeated(ids), ...repeated(shapes)]) fault(String(same), 'is there twice');
  return faults;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const OPERATION = 'operationId summary parameters security requestBody responses'.split(' ');
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

interface Checks {
  readonly document: unknown;
  readonly schemes: readonly string[];
  fault(at: string, what: string): void;
}

function operationFaults(operation: Members, at: string, checks: Checks): void {
  const { operationId, parameters = [], security = [], requestBody, responses } = operation;
  for (const name of Object.keys(operation)) {
    if (!OPERATION.includes(name)) checks.fault(at, `has a ${name}`);
  }
  if (!/^[a-z]\w+$/i.test(String(operationId ?? ''))) checks.fault(at, 'has no operationId');
  const declared = list(parameters).map((one) => {
    const { name, in: where, required, schema, content } = members(one);
    const here = `${at} ${where} ${name}`;
    if (!['path', 'query', 'header', 'cookie'].includes(String(where))) checks.fault(here, 'where');
    if (where === 'path' && required !== true) checks.fault(here, 'is not required');
    if ((schema === undefined) === (content === undefined)) checks.fault(here, 'has not one shape');
    if (schema !== undefined) schemaFaults(schema, here, checks);
    if (content !== undefined) contentFaults(content, here, checks);
    return `${where} ${name}`;
  });
  for (const same of repeated(declared)) checks.fault(at, `declares ${same} twice`);
  const inPath = declared.filter((one) => one.startsWith('path ')).sort();
  const named = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path ${name}`).sort();
  if (inPath.join() !== named.join()) checks.fault(at, 'declares other parameters than it has');
  for (const name of list(security).flatMap((one) => Object.keys(members(one)))) {
    if (!checks.schemes.includes(name)) checks.fault(at, `asks for ${name}`);
  }
  if (requestBody !== undefined) contentFaults(members(requestBody)['content'], at, checks);
  const answers = Object.entries(members(responses));
  if (!answers.some(([status]) => /^[23]/.test(status))) checks.fault(at, 'never succeeds');
  for (const [status, answer] of answers) {
    const here = `${at} ${status}`;
    if (!/^(default|[1-5]\d\d)$/.test(status)) checks.fault(here, 'is no status');
    responseFaults(answer, here, checks);
    const types = Object.keys(members(members(resolved(answer, checks))['content']));
    if (/^([45]|default)/.test(status) && types.join() !== 'application/problem+json') {
      checks.fault(here, 'is no problem details');
    }
  }
  if (!answers.some(([status]) => status === 'default')) checks.fault(at, 'has no default');
}

function responseFaults(response: unknown, at: string, checks: Checks): void {
  const { description, content } = members(resolved(response, checks));
  if (typeof description !== 'string' || description === '') checks.fault(at, 'is not described');
  if (content !== undefined) contentFaults(content, at, checks);
}

function contentFaults(content: unknown, at: string, checks: Checks): void {
  const types = Object.entries(members(content));
  if (types.length === 0) checks.fault(at, 'has no content');
  for (const [type, one] of types) {
    const { schema, ...strange } = members(one);
    if (!/^[a-z]+\/[\w.+-]+$/.test(type)) checks.fault(`${at} ${type}`, 'is no media type');
    if (Object.keys(strange).length > 0) checks.fault(`${at} ${type}`, 'has more than a schema');
    if (schema !== undefined) schemaFaults(schema, `${at} ${type}`, checks);
  }
}

type Check = (value: unknown, at: string, checks: Checks, schema: Members) => boolean;
const isSize: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isNumber: Check = (value) => typeof value === 'number';
const isText: Check = (value) => typeof value === 'string';
const isSchema: Check = (value, at, checks) => schemaFaults(value, at, checks);
const areSchemas: Check = (value, at, checks) =>
  list(value).length > 0 && list(value).every((one, i) => schemaFaults(one, `${at}/${i}`, checks));

/** By keyword; where it says false, the keyword has a value that it cannot have. */
const KEYWORDS: Readonly<Record<string, Check>> = {
  $ref: (_, __, checks, schema) => resolved(schema, checks) !== undefined,
  type: (value) => [value].flat().every((one) => TYPES.includes(String(one))),
  properties: (value, at, checks) =>
    Object.entries(members(value)).every(([name, one]) =>
      isSchema(one, `${at}/${name}`, checks, {}),
    ),
  required: (value, _, __, { properties }) =>
    repeated(list(value)).length === 0 &&
    list(value).every((name) => Object.hasOwn(members(properties), String(name))),
  additionalProperties: isSchema,
  propertyNames: isSchema,
  items: isSchema,
  prefixItems: areSchemas,
  anyOf: areSchemas,
  allOf: areSchemas,
  oneOf: areSchemas,
  enum: (value) => list(value).length > 0 && repeated(list(value)).length === 0,
  const: (value) => value !== undefined,
  default: (value) => value !== undefined,
  pattern: (value) => isPattern(String(value)),
  ...Object.fromEntries(
    ['minLength', 'maxLength', 'minItems', 'maxItems'].map((name) => [name, isSize]),
  ),
  ...{ minimum: isNumber, maximum: isNumber, title: isText, description: isText, format: isText },
};

/** @returns true, so that it can stand where a keyword is checked: its faults are told. */
function schemaFaults(schema: unknown, at: string, checks: Checks): true {
  if (typeof schema === 'boolean') return true;
  for (const [name, value] of Object.entries(members(schema))) {
    const isRight = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (!isRight) checks.fault(at, `${name} is no keyword of 2020-12`);
    else if (!isRight(value, `${at}/${name}`, checks, members(schema))) {
      checks.fault(at, `${name} cannot be ${JSON.stringify(value)}`);
    }
  }
  return true;
}

/** ECMA-262 with Unicode, as JSON Schema recommends. */
function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Itself, or what it refers to. */
function resolved(value: unknown, { document }: Checks): unknown {
  const { $ref } = members(value);
  if ($ref === undefined) return value;
  const [root, ...names] = String($ref).split('/');
  return root === '#'
    ? names.reduce<unknown>((from, name) => members(from)[name], document)
    : undefined;
}

type Members = Readonly<Record<string, unknown>>;
function members(value: unknown): Members {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function repeated<T>(values: readonly T[]): T[] {
  return values.filter((one, i) => values.indexOf(one) < i);
}
