import type { Context } from 'hono';

/**
 * Whose request it is, as far as limits are concerned: the address of the connection, or, where
 * that is a reverse proxy on this machine, what the proxy says. Others who name an address in
 * `X-Forwarded-For` are not believed.
 */
export function clientAddress(c: Context): string {
  const peer = peerOf(c.env);
  if (!/^(::ffff:)?127\.|^::1$/.test(peer)) return peer;
  return c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() || peer;
}

/** What the server of Node hands on with a request. */
interface Incoming {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

function peerOf(env: Incoming | undefined): string {
  return env?.incoming?.socket?.remoteAddress ?? '';
}
