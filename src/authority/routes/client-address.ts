import { isIP, isIPv6 } from 'node:net';
import type { Context } from 'hono';

/**
 * Whose request it is, as far as limits are concerned: the address of the connection, or, where
 * that is a reverse proxy on this machine, what the proxy says. Others who name an address in
 * `X-Forwarded-For` are not believed. Of IPv6 it is the network: who has one address there
 * has 2^64 of them (RFC 6177).
 */
export function clientAddress(c: Context): string {
  const peer = peerOf(c.env);
  if (!/^(::ffff:)?127\.|^::1$/.test(peer)) return networkOf(peer);
  const forwarded = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? '';
  return networkOf(isIP(forwarded) ? forwarded : peer);
}

/** An IPv4 address as it is, also where it is mapped into IPv6; of IPv6 the first 64 bits. */
function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter(Boolean));
  const left = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array<string>(left).fill('0'), ...(after ?? [])];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** What the server of Node hands on with a request. */
interface Incoming {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

function peerOf(env: Incoming | undefined): string {
  return env?.incoming?.socket?.remoteAddress ?? '';
}
