import { exportJWK } from 'jose/key/export';
import { generateKeyPair } from 'jose/key/generate/keypair';
import type { HolderKey, ResidentStore } from './store.ts';

/** The key of this ticket on this phone, made the first time that it is asked for. */
export async function holderKey(store: ResidentStore, ticket: string): Promise<HolderKey> {
  return (await store.keyFor(ticket)) ?? store.keepKey(await makeKey(ticket));
}

async function makeKey(ticket: string): Promise<HolderKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: false });
  const { x = '', y = '' } = await exportJWK(publicKey);
  return { ticket, privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}
