import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { compactVerify } from 'jose/jws/compact/verify';
import * as v from 'valibot';
import { serveRepresentation } from '../../src/authority/routes/representation.ts';
import { digest, fromUtf8 } from '../../src/core/bytes.ts';
import { importVerifyKey } from '../../src/core/code/jws.ts';
import { BULLETIN, type Bulletin, type ListedShard } from '../../src/core/documents/bulletin.ts';
import { buildStatusBits, digestBits, type Status } from '../../src/core/documents/status-bits.ts';
import { STATUS_LIST } from '../../src/core/documents/status-list.ts';
import { rootThumbprint } from '../../src/core/documents/trust.ts';
import type { EnrolmentLink } from '../../src/core/enrolment.ts';
import type { ProblemCode } from '../../src/core/protocol/common.ts';
import {
  type BatchReceipt,
  EnrolmentClaims,
  EnrolmentRequest,
  HINT_HEADER,
} from '../../src/core/protocol/station.ts';
import { BatchBody, type BatchClaims, openBatch } from '../../src/core/record/batch.ts';
import { emptyHead } from '../../src/core/record/chain.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { type PlainRecord, RecordSchema } from '../../src/core/record/record.ts';
import type { Fetch } from '../../src/device/request.ts';
import {
  ISSUER,
  makeAuthority,
  makeBulletin,
  makeStatusList,
  NOW,
  signDocument,
  signTrust,
} from '../core/make.ts';

/** What stands between the device and the authority, for one request. */
export type Wire = (pass: () => Promise<Response>, path: string) => Promise<Response>;

export const clear: Wire = (pass) => pass();
export const cut: Wire = () => Promise.reject(new TypeError('Failed to fetch'));
/** The authority hears and does; the device hears nothing. */
export const deafening: Wire = async (pass) => {
  await pass();
  throw new TypeError('Failed to fetch');
};
export const twice: Wire = async (pass) => {
  await pass();
  return pass();
};
/** A login page, as of a hotel. */
export const captivePortal: Wire = async () =>
  new Response('<!doctype html><title>Log in</title>', {
    headers: { 'content-type': 'text/html' },
  });

/** The first upload reaches the authority, and then nothing is heard on its line. */
export function hangFirst(peer: Peer) {
  let uploads = 0;
  let hang = () => {};
  const hanging = new Promise<void>((resolve) => {
    hang = resolve;
  });
  const fetch: Fetch = async (path, init) => {
    const answer = await peer.fetch(path, init);
    if (init?.method !== 'PUT' || ++uploads > 1) return answer;
    return new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      hang();
    });
  };
  return { fetch, hanging };
}

interface Device {
  readonly key: Awaited<ReturnType<typeof importVerifyKey>>;
  readonly sealed: string[];
  readonly heads: string[];
  readonly receipts: Map<string, string>;
}

export const ORIGIN = 'https://kakou.example';

/**
 * An authority in memory that speaks the protocol: real keys and signatures, batches
 * really checked, no SQL. It is as strict with a device as docs/protocol.md says.
 */
export async function makePeer() {
  const authority = await makeAuthority();
  const root = await rootThumbprint(authority.trust.root);
  const tokens = new Map<string, { usedBy?: string; expired?: boolean }>();
  const devices = new Map<string, Device>();
  const published = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const log: { method: string; path: string; status: number }[] = [];

  const peer = {
    authority,
    root,
    devices,
    published,
    /** Lists as zlib data, by address. */
    files,
    log,
    wire: clear,
    /** Answers every upload with this instead. */
    refusal: undefined as (() => Response) | undefined,
    /** What headquarters' book says of every device. */
    station: undefined as BatchReceipt['station'],
    /** What devices said about themselves, beside each upload. */
    hints: [] as (string | null)[],
    link(token: string, changes: Partial<EnrolmentLink> = {}): EnrolmentLink {
      tokens.set(token, {});
      return { authority: ORIGIN, root, token, ...changes };
    },
    expire(token: string): void {
      tokens.set(token, { expired: true });
    },
    async publishList(
      version: number,
      entries: Iterable<readonly [number, Status]> = [],
      iat = NOW - 600,
    ): Promise<ListedShard> {
      const claims = await makeStatusList(entries, { version, iat });
      const text = await signDocument(claims, STATUS_LIST.typ, authority.keys.status);
      published.set('/status/0', text);
      const listed = await digestBits(buildStatusBits(entries));
      return { shard: 0, area: '', version, digest: listed, since: [] };
    },
    async publishBulletin(changes: Partial<Bulletin>): Promise<void> {
      const bulletin = makeBulletin(changes);
      published.set(
        '/bulletin',
        await signDocument(bulletin, BULLETIN.typ, authority.keys.bulletin),
      );
    },
    async publishTrust(version: number): Promise<void> {
      const trust = { ...authority.trust, version };
      published.set('/trust', await signTrust(trust, [authority.root]));
    },
    /** What the opener would find, in order. */
    async records(device: string): Promise<PlainRecord[]> {
      const sealed = (devices.get(device)?.sealed ?? []).filter((jwe) => jwe !== undefined);
      return Promise.all(
        sealed.map(async (jwe) => {
          const { plaintext } = await compactDecrypt(jwe, authority.keys.sealing.privateKey);
          return v.parse(RecordSchema, JSON.parse(fromUtf8(plaintext) ?? ''));
        }),
      );
    },
    uploads(): string[] {
      return log.filter(({ method }) => method === 'PUT').map(({ path }) => path);
    },
    fetch: ((path, init) => peer.wire(() => answer(path, init), path)) as Fetch,
  };

  async function answer(path: string, init: RequestInit = {}): Promise<Response> {
    const method = init.method ?? 'GET';
    if (method === 'PUT') peer.hints.push(new Headers(init.headers).get(HINT_HEADER));
    const response = await route(method, path, init);
    log.push({ method, path, status: response.status });
    return response;
  }

  async function route(method: string, path: string, init: RequestInit): Promise<Response> {
    if (method === 'GET') return serve(path, new Headers(init.headers));
    const body: unknown = JSON.parse(String(init.body));
    if (path === '/devices') return enrol(v.parse(EnrolmentRequest, body).request);
    return peer.refusal?.() ?? take(path, v.parse(BatchBody, body));
  }

  async function serve(path: string, headers: Headers): Promise<Response> {
    const file = files.get(path);
    if (file) {
      const request = new Request(ORIGIN + path, { headers });
      const type = 'application/zlib';
      return serveRepresentation(request, { type, cache: '', digest: path, plain: file });
    }
    const text = published.get(path);
    if (text === undefined) return problem(404, 'not-found');
    const etag = `"${await digest(text)}"`;
    return etag === headers.get('if-none-match')
      ? new Response(null, { status: 304 })
      : new Response(text, { headers: { etag } });
  }

  async function enrol(request: string): Promise<Response> {
    const payload = JSON.parse(
      atob((request.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')),
    );
    const { token, jwk } = v.parse(EnrolmentClaims, payload);
    const key = await importVerifyKey(jwk);
    await compactVerify(request, key, { algorithms: ['ES256'] });
    const device = await calculateJwkThumbprint(jwk);
    const found = tokens.get(token);
    if (!found) return problem(404, 'token-unknown');
    if (found.expired) return problem(410, 'token-expired');
    if (found.usedBy !== undefined && found.usedBy !== device) return problem(409, 'token-used');
    found.usedBy = device;
    if (!devices.has(device)) {
      devices.set(device, { key, sealed: [], heads: [], receipts: new Map() });
    }
    return Response.json({
      device,
      post: { name: '城北卡口', area: '420606' },
      role: 'checkpoint',
    });
  }

  async function take(path: string, body: BatchBody): Promise<Response> {
    const [, id = '', first, last] = /^\/devices\/([\w-]+)\/batches\/(\d+)-(\d+)$/.exec(path) ?? [];
    const device = devices.get(id);
    if (!device) return problem(404, 'device-unknown');
    const opened = await openBatch(body, device.key);
    if (!opened.ok) return problem(400, 'batch-invalid');
    const { claims, heads } = opened.value;
    if (claims.device !== id || claims.first !== Number(first) || claims.last !== Number(last)) {
      return problem(400, 'batch-invalid');
    }
    if (body.after !== undefined) await acceptLoss(device, claims, body.after);
    const stored = device.heads.length;
    if (claims.first > stored + 1) {
      const missing = { first: stored + 1, last: claims.first - 1 };
      return Response.json({ missing }, { status: 202 });
    }
    const before = device.heads[claims.first - 2] ?? (await emptyHead(id));
    const agrees = heads.every((head, i) => (device.heads[claims.first - 1 + i] ?? head) === head);
    if (claims.before !== before || !agrees) return problem(409, 'batch-conflict');
    for (let n = stored + 1; n <= claims.last; n++) {
      device.sealed[n - 1] = body.records[n - claims.first] ?? '';
      device.heads[n - 1] = heads[n - claims.first] ?? '';
    }
    const { head } = claims;
    const run = { iss: ISSUER, device: id, first: claims.first, last: claims.last, head, iat: NOW };
    const key = `${claims.first}-${claims.last}`;
    const receipt =
      device.receipts.get(key) ?? (await signDocument(run, RECEIPT.typ, authority.keys.receipt));
    device.receipts.set(key, receipt);
    return Response.json({ receipt, ...(peer.station && { station: peer.station }) });
  }

  /** What it once confirmed and has lost, it takes as lost, on its own word. */
  async function acceptLoss(device: Device, { first, before }: BatchClaims, after: string) {
    const { payload } = await compactVerify(after, authority.keys.receipt.publicKey);
    const { last, head } = JSON.parse(fromUtf8(payload) ?? '');
    if (last !== first - 1 || head !== before) throw new Error('that receipt is of something else');
    while (device.heads.length < last - 1) device.heads.push('lost');
    device.heads[last - 1] = head;
  }

  published.set('/trust', authority.text);
  await peer.publishBulletin({ status: [await peer.publishList(1)] });
  return peer;
}

export type Peer = Awaited<ReturnType<typeof makePeer>>;

export function problem(status: number, code: ProblemCode, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify({ status, title: code, code }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
