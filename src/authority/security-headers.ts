import type { MiddlewareHandler } from 'hono';

/** A page, and what it may do beyond showing what this origin serves. */
interface Realm {
  readonly path: RegExp;
  /** Compiles WebAssembly. */
  readonly wasm?: boolean;
  /** Starts workers or a service worker: core/allow-scripts.ts says which. */
  readonly starts?: boolean;
  readonly features?: readonly string[];
}

/** The first that fits; a worker is its own realm, whatever page starts it. */
const REALMS: readonly Realm[] = [
  { path: /^\/resident(\/|$)/, starts: true, features: ['screen-wake-lock'] },
  {
    path: /^\/headquarters(\/|$)/,
    features: ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get'],
  },
  { path: /^\/assets\/worker-/, wasm: true, starts: true },
];
const SCANNER: Realm = {
  path: /^/,
  starts: true,
  features: ['bluetooth', 'camera', 'screen-wake-lock', 'serial'],
};

/** What no page has asked for may not be asked for by what gets into a page either. */
const FEATURES = [
  'bluetooth',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
];

/** On every answer: what the page that it is, or gets into, may do. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const realm = REALMS.find(({ path }) => path.test(c.req.path)) ?? SCANNER;
  // Not by `c.header`, which at this point puts a new answer around the old one, each time.
  const { headers } = c.res;
  for (const [name, value] of HEADERS.get(realm) ?? []) headers.set(name, value);
};

function headersOf(realm: Realm): [name: string, value: string][] {
  return [
    ['Content-Security-Policy', contentSecurityPolicy(realm)],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', permissionsPolicy(realm)],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
}

function contentSecurityPolicy({ wasm, starts }: Realm): string {
  return [
    "default-src 'none'",
    `script-src 'self'${wasm ? " 'wasm-unsafe-eval'" : ''}`,
    `worker-src ${starts ? "'self'" : "'none'"}`,
    "connect-src 'self'",
    "img-src 'self' blob:",
    "style-src 'self'",
    "font-src 'self'",
    "media-src 'self' blob: mediastream:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${starts ? 'default' : "'none'"}`,
  ].join('; ');
}

function permissionsPolicy({ features = [] }: Realm): string {
  return FEATURES.map((name) => `${name}=(${features.includes(name) ? 'self' : ''})`).join(', ');
}

const HEADERS = new Map([...REALMS, SCANNER].map((realm) => [realm, headersOf(realm)]));
