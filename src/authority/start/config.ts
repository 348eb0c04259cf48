import { resolve } from 'node:path';
import { Fault } from '../../core/result.ts';

export interface Config {
  /** 0: any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Undefined: a PostgreSQL of our own. */
  readonly databaseUrl: string | undefined;
  /** `iss` of everything that is signed; counts at the first start only. */
  readonly issuer: string | undefined;
  /** Where phones reach this authority; undefined: on this machine only. */
  readonly publicOrigin: string | undefined;
  readonly demo: boolean;
  /** Days after which what devices sent is deleted. */
  readonly retention: number;
  /** Where one-time codes are handed in to be sent; undefined: they stand in the log. */
  readonly smsGateway: string | undefined;
  /** Absolute; where the published documents are written as files too. Undefined: nowhere. */
  readonly staticDir: string | undefined;
  /** For `/metrics`, on this machine only; undefined: nowhere. */
  readonly metricsPort: number | undefined;
}

/** Logs have to be kept for six months, of any length. */
const DEFAULT_RETENTION = '190';

export const DEFAULT_ISSUER = 'https://demo.kakou.example';

/** @throws Fault `bad-setting`, which names the variable and what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return {
    port: portOf('PORT', env['PORT'] || '8787'),
    dataDir: resolve(env['DATA_DIR'] || '.data'),
    databaseUrl: env['DATABASE_URL'] ? databaseUrlOf(env['DATABASE_URL']) : undefined,
    issuer: env['ISSUER'] ? issuerOf(env['ISSUER']) : undefined,
    publicOrigin: env['PUBLIC_ORIGIN'] ? originOf(env['PUBLIC_ORIGIN']) : undefined,
    demo: env['DEMO'] !== '0',
    retention: daysOf(env['RETENTION_DAYS'] || DEFAULT_RETENTION),
    smsGateway: env['SMS_GATEWAY'] ? gatewayOf(env['SMS_GATEWAY']) : undefined,
    staticDir: env['STATIC_DIR'] ? resolve(env['STATIC_DIR']) : undefined,
    metricsPort: env['METRICS_PORT'] ? portOf('METRICS_PORT', env['METRICS_PORT']) : undefined,
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Fault('bad-setting', `${name} is "${text}"; it must be a number from 0 to 65535.`);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d{1,5}$/.test(text) && days >= 1) return days;
  throw new Fault('bad-setting', `RETENTION_DAYS is "${text}"; it must be a number from 1.`);
}

/** The text itself is not repeated: it may hold a password. */
function databaseUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return text;
  throw new Fault(
    'bad-setting',
    'DATABASE_URL is no address of a PostgreSQL; it must look like postgresql://user:password@host:5432/database.',
  );
}

/** The text itself is not repeated: it may hold a password. */
function gatewayOf(text: string): string {
  if (originUrl(text)) return text;
  throw new Fault('bad-setting', 'SMS_GATEWAY must look like https://sms.example/send.');
}

function issuerOf(text: string): string {
  if (originUrl(text)?.origin === text && text.length <= 128) return text;
  throw new Fault('bad-setting', `ISSUER is "${text}"; it must look like https://kakou.example.`);
}

function originOf(text: string): string {
  const url = originUrl(text);
  if (url?.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin;
  throw new Fault(
    'bad-setting',
    `PUBLIC_ORIGIN is "${text}"; it must look like https://kakou.example, without a path.`,
  );
}

function originUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
