import { isFever } from '../../core/verdict/reading.ts';
import { work } from '../i18n/work/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';
import { Shape } from './shape.tsx';
import { VehicleStrip } from './vehicle-strip.tsx';

/** Under the picture: what was measured before its code, the vehicle at the post, and more. */
export function ScanTools({ app }: { app: App }) {
  const { first, fevers, vehicle } = work.value;
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
  const { first } = work.value;
  const reading = post.firstReading.value;
  if (!reading) return null;
  const fever = isFever(reading.tenths, post.policy());
  return (
    <div class={`first-reading ${fever ? 'verdict-stop' : ''}`} role="status">
      <Shape verdict={fever ? 'stop' : 'measure'} />
      <b>{(reading.tenths / 10).toFixed(1)} ℃</b>
      <span>{fever ? first.fever : first.show}</span>
      <button type="button" class="chosen" onClick={post.recordAlone}>
        {first.alone}
      </button>
    </div>
  );
}
