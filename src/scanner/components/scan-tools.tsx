import { isFever, type Reading } from '../../core/verdict/reading.ts';
import { ageInWords, words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { CLAIMED_WITHIN, FEVER_CLAIMED_WITHIN } from '../state/first-reading.ts';
import type { Post } from '../state/post.ts';
import { navigate } from '../state/route.ts';
import { degrees } from './degrees.ts';
import { Shape } from './shape.tsx';
import { useCountdown } from './use-countdown.ts';
import { VehicleStrip } from './vehicle-strip.tsx';

/** Under the picture: what was measured before its code, the vehicle at the post, and more. */
export function ScanTools({ app }: { app: App }) {
  const { first, fevers, vehicle } = lazyWords.value;
  const atTemperature = app.station.role.value === 'temperature';
  return (
    <>
      <FirstReading app={app} />
      {app.vehicle.value && <VehicleStrip vehicle={app.vehicle.value} />}
      <div class="actions more" hidden={app.post.firstReading.value !== undefined}>
        {atTemperature && (
          <button type="button" onClick={app.post.measureFirst}>
            {first.measure}
          </button>
        )}
        {atTemperature && (
          <button type="button" onClick={() => navigate('/fevers')}>
            {fevers.open(app.fevers.value.length)}
          </button>
        )}
        {!app.vehicle.value && (
          <button type="button" onClick={() => navigate('/vehicle')}>
            {vehicle.open}
          </button>
        )}
      </div>
    </>
  );
}

function FirstReading({ app: { post } }: { app: App }) {
  const reading = post.firstReading.value;
  if (!reading) return null;
  return <Held post={post} reading={reading} />;
}

/** However long ago it was taken: somebody else may stand there by now. */
function Held({ post, reading }: { post: Post; reading: Reading }) {
  const { first } = lazyWords.value;
  const fever = isFever(reading.tenths, post.policy());
  const within = (fever ? FEVER_CLAIMED_WITHIN : CLAIMED_WITHIN) / 1000;
  const age = within - useCountdown(reading, within);
  return (
    <div class={`first-reading ${fever ? 'verdict-stop' : ''}`} role="status">
      <Shape verdict={fever ? 'stop' : 'measure'} />
      <b>{degrees(reading.tenths)}</b>
      <span>
        {fever ? first.fever : first.show}{' '}
        <small aria-live="off">{first.taken(ageInWords(words.value, age))}</small>
      </span>
      <button type="button" class="chosen" onClick={post.recordAlone}>
        {first.alone}
      </button>
    </div>
  );
}
