import { useEffect, useState } from 'preact/hooks';
import { Qr } from '../../page/qr.tsx';
import { type Clock, onEvery } from '../clock.ts';
import { words } from '../i18n/language.ts';
import type { HeldCode } from '../obtain-code.ts';
import type { Proved, Resident } from '../resident.ts';
import { keepAwake } from '../wake-lock.ts';
import { Notice } from './notice.tsx';

/** A proof is new for this long, seconds; scanners take it for a minute. */
const PROOF_PERIOD = 15;

/** The QR of a live code, proved anew every 15 s for as long as it is looked at. */
export function LiveCode(props: { resident: Resident; held: HeldCode; clock: Clock }) {
  const { resident, held, clock } = props;
  const [proved, setProved] = useState<Proved | 'no-key' | undefined>(undefined);

  useEffect(() => {
    let shown = true;
    const show = (result: Proved | 'no-key') => {
      if (shown) setProved(result);
    };
    const stop = onEvery(PROOF_PERIOD, clock, () => {
      resident.prove(held).then(show, () => show('no-key'));
    });
    return () => {
      shown = false;
      stop();
    };
  }, [resident, held, clock]);
  useEffect(keepAwake, []);

  const { code } = words.value;
  if (!proved) return <p class="waiting">{code.proving}</p>;
  if (proved === 'no-key') return <Notice trouble="no-key" />;
  return <Qr text={proved.text} provedAt={proved.at} label={code.qr(held.code.claims.name)} />;
}
