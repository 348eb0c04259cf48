import { Fault } from '../../../core/result.ts';
import type { Log } from '../../log.ts';

/** Brings a one-time code to a telephone. @throws when it could not. */
export type SendCode = (phone: string, code: string) => Promise<void>;

/** Milliseconds. */
const TIMEOUT = 10_000;

/** For a first try: whoever reads the log of this machine reads the code there. */
export function sendToLog(log: Log): SendCode {
  return async (phone, code) => log('sign-in-code', { phone: `…${phone.slice(-2)}`, code });
}

/**
 * Hands the code to a gateway for text messages: `POST` with `{"phone":…,"code":…}` as JSON, and
 * any 2xx means that it is on its way.
 *
 * @throws Fault `gateway-failed`, which quotes nothing of it.
 */
export function sendByGateway(url: string): SendCode {
  return async (phone, code) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ phone, code }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((cause) => {
      throw new Fault('gateway-failed', 'The gateway for text messages gave no answer.', { cause });
    });
    if (answer.ok) return;
    throw new Fault('gateway-failed', `The gateway for text messages said ${answer.status}.`);
  };
}
