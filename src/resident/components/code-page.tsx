import { useEffect, useMemo, useState } from 'preact/hooks';
import { greenUntil } from '../../core/code/green-until.ts';
import { moment } from '../../page/china-time.ts';
import type { BehindSignIn } from '../behind-sign-in.ts';
import { type Clock, correctionFor, onEvery } from '../clock.ts';
import { areaName } from '../i18n/areas.ts';
import { spanInWords } from '../i18n/format.ts';
import { language, words } from '../i18n/language.ts';
import type { HeldCode, ObtainRefusal } from '../obtain-code.ts';
import { clockOf, type Resident } from '../resident.ts';
import { type Standing, standingOf } from '../standing.ts';
import { ClockFace } from './clock-face.tsx';
import { ColourBanner } from './colour-banner.tsx';
import { type Fact, Facts } from './facts.tsx';
import { LiveCode } from './live-code.tsx';
import { Notice } from './notice.tsx';
import { PrintedCode } from './printed-code.tsx';

/** How often a code is got again while it is open, seconds. */
const REFRESH_PERIOD = 300;

export function CodePage(props: { resident: Resident; held: HeldCode; behind: BehindSignIn }) {
  const { resident, held, behind } = props;
  const signedIn = behind.loaded.value;
  const clock = useMemo(() => clockOf(held, resident.wall), [held.clockOffset, resident]);
  const now = useNow(clock);
  const refusal = useRefresh(resident, held);
  const { claims } = held.code;
  const own = standingOf(claims, held.validity, now);
  const standing =
    typeof signedIn === 'object' ? signedIn.standingOfCode(signedIn.account, held, own, now) : own;

  return (
    <div class={`code-page ${claims.kind}`}>
      <div class="head">
        <ColourBanner standing={standing} />
        {claims.kind === 'live' && <ClockFace now={now} />}
      </div>
      {claims.kind === 'live' ? (
        <LiveCode resident={resident} held={held} clock={clock} />
      ) : (
        <PrintedCode held={held} claims={claims} standing={standing} />
      )}
      <div class="foot">
        <Facts facts={factsOf(held, standing, now)} />
        <Remarks held={held} refusal={refusal} />
        {typeof signedIn === 'object' && (
          <signedIn.AboutCode account={signedIn.account} {...{ held, standing, now }} />
        )}
      </div>
    </div>
  );
}

function factsOf({ code, validity }: HeldCode, standing: Standing, now: number): Fact[] {
  const { claims } = code;
  const until = greenUntil(claims, validity);
  const { code: labels } = words.value;
  const facts: Fact[] = [];
  if (claims.kind === 'live') {
    // The sheet of a printed code says these itself.
    facts.push([labels.name, claims.name]);
    facts.push([labels.area, areaName(claims.area, language.value)]);
  }
  if (standing === 'green') {
    const left = labels.timeLeft(spanInWords(words.value, until - now));
    facts.push([labels.greenUntil, moment(words.value, until), left]);
  } else if (standing === 'lapsed') {
    facts.push([labels.lapsedAt, moment(words.value, until)]);
  }
  facts.push([labels.checkedIn, moment(words.value, claims.checkedInAt)]);
  return facts;
}

function Remarks({ held, refusal }: { held: HeldCode; refusal: ObtainRefusal | undefined }) {
  const { code } = words.value;
  const received = moment(words.value, held.receivedAt);
  const correction = correctionFor(held.clockOffset);
  const span = spanInWords(words.value, Math.abs(correction));
  return (
    <>
      {correction !== 0 && (
        <p class="remark" data-remark="clock">
          {correction < 0 ? code.clockFast(span) : code.clockSlow(span)}
        </p>
      )}
      {refusal === 'unreachable' ? (
        <p class="remark" role="status" data-remark="offline">
          {code.offline(received)}
        </p>
      ) : (
        <p class="faint">{code.updated(received)}</p>
      )}
      {refusal && refusal !== 'unreachable' && <Notice trouble={refusal} />}
    </>
  );
}

/** Epoch seconds, ticking. */
function useNow(clock: Clock): number {
  const seconds = () => Math.floor(clock() / 1000);
  const [now, setNow] = useState(seconds);
  useEffect(() => onEvery(1, clock, () => setNow(seconds())), [clock]);
  return now;
}

/** Keeps the code up to date while it is open. @returns why the last try failed. */
function useRefresh(resident: Resident, held: HeldCode): ObtainRefusal | undefined {
  const [refusal, setRefusal] = useState<ObtainRefusal | undefined>(undefined);
  useEffect(() => {
    const refresh = async () => setRefusal(await resident.refresh(held));
    const stop = onEvery(REFRESH_PERIOD, resident.wall, refresh);
    window.addEventListener('online', refresh);
    window.addEventListener('offline', refresh);
    return () => {
      stop();
      window.removeEventListener('online', refresh);
      window.removeEventListener('offline', refresh);
    };
  }, [resident, held]);
  return refusal;
}
