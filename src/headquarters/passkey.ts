import { fromBase64url, toBase64url } from '../core/bytes.ts';
import {
  HqPasskeyOptions,
  type HqPasskeyRequest,
  HqSession,
  HqSignInOptions,
  type HqSignInRequest,
} from '../core/protocol/headquarters.ts';
import { type Result, refuse } from '../core/result.ts';
import type { ClientRefusal, HeadquartersClient } from './headquarters-client.ts';

/**
 * Why nobody got in.
 * - `cancelled`: the person or the browser broke it off
 * - `refused`: the authority does not take this passkey
 * - `invitation-unknown`: there is no such invitation (any more)
 * - `unreachable`: no usable answer
 */
export type PasskeyProblem = 'cancelled' | 'refused' | 'invitation-unknown' | 'unreachable';

/** Whether this page may use passkeys at all: browsers offer them over https only. */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in window;
}

/** Signs in with whichever passkey of this authority the person chooses. */
export async function signIn(
  client: HeadquartersClient,
): Promise<Result<HqSession, PasskeyProblem>> {
  const options = await client.ask('', 'POST', '/hq/sign-in/options', HqSignInOptions);
  if (!options.ok) return refuse(problemOf(options.reason));
  const { challenge, rpId } = options.value;
  const credential = await asked(() =>
    navigator.credentials.get({
      publicKey: { challenge: bytes(challenge), rpId, userVerification: 'required' },
    }),
  );
  const said = credential?.response;
  if (!credential || !(said instanceof AuthenticatorAssertionResponse)) return refuse('cancelled');
  const request: HqSignInRequest = {
    id: credential.id,
    client: text(said.clientDataJSON),
    authenticator: text(said.authenticatorData),
    signature: text(said.signature),
  };
  const session = await client.ask('', 'POST', '/hq/sign-in', HqSession, request);
  return session.ok ? session : refuse(problemOf(session.reason));
}

/** Makes a passkey on this device for the person who was invited, and signs them in. */
export async function register(
  client: HeadquartersClient,
  invitation: string,
): Promise<Result<HqSession, PasskeyProblem>> {
  const path = '/hq/passkeys/options';
  const options = await client.ask('', 'POST', path, HqPasskeyOptions, { invitation });
  if (!options.ok) return refuse(problemOf(options.reason));
  const { challenge, rp, user } = options.value;
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(challenge),
        rp,
        user: { id: bytes(user.id), name: user.name, displayName: user.name },
        // ES256, EdDSA, and RS256 for Windows Hello.
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      },
    }),
  );
  const made = credential?.response;
  if (!credential || !(made instanceof AuthenticatorAttestationResponse)) {
    return refuse('cancelled');
  }
  const request: HqPasskeyRequest = {
    invitation,
    id: credential.id,
    attestation: text(made.attestationObject),
    client: text(made.clientDataJSON),
  };
  const session = await client.ask('', 'POST', '/hq/passkeys', HqSession, request);
  return session.ok ? session : refuse(problemOf(session.reason));
}

/** @returns undefined where the person broke it off, or the browser: it does not say which. */
async function asked(
  ask: () => Promise<Credential | null>,
): Promise<PublicKeyCredential | undefined> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? credential : undefined;
  } catch {
    return undefined;
  }
}

function problemOf(reason: ClientRefusal): PasskeyProblem {
  if (reason === 'forbidden') return 'refused';
  return reason === 'refused' ? 'invitation-unknown' : 'unreachable';
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromBase64url(base64url) ?? []);
}

function text(buffer: ArrayBuffer): string {
  return toBase64url(new Uint8Array(buffer));
}
