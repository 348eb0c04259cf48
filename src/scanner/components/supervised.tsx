import type { ComponentChildren } from 'preact';
import { ROLES } from '../../core/protocol/station.ts';
import { changeRole } from '../../device/role.ts';
import { FRONT_CAMERA, REAR_CAMERA } from '../capture/camera.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { isLocked, openSettings } from '../state/badges.ts';
import { navigate, route } from '../state/route.ts';

/** Settings that change how people are judged, or what this device is. */
export function Supervised({ app, children }: { app: App; children: ComponentChildren }) {
  const { supervisor } = lazyWords.value;
  const open = async () => {
    const { value: here } = route;
    if ((await openSettings(app)) !== undefined) navigate(here);
  };
  if (!isLocked(app.desk)) {
    return (
      <section data-supervised="open">
        <RoleChoice app={app} />
        <WallChoice app={app} />
        {children}
      </section>
    );
  }
  return (
    <section data-supervised="locked">
      <h2>{supervisor.title}</h2>
      <p class="hint">{supervisor.locked}</p>
      <button type="button" onClick={open}>
        {supervisor.open}
      </button>
    </section>
  );
}

function RoleChoice({ app: { station, store } }: { app: App }) {
  const { supervisor } = lazyWords.value;
  if (!station.holdings.value.enrolment) return null;
  return (
    <>
      <h2>{supervisor.role}</h2>
      <div class="tabs">
        {ROLES.map((role) => (
          <button
            type="button"
            key={role}
            data-role={role}
            aria-pressed={role === station.role.value}
            onClick={() => changeRole(store, role).catch(station.records.blame)}
          >
            {lazyWords.value.role[role]}
          </button>
        ))}
      </div>
      <p class="hint">{supervisor.roleHint}</p>
    </>
  );
}

function WallChoice({ app: { choices, desk } }: { app: App }) {
  const { supervisor } = lazyWords.value;
  const choose = (isWall: boolean) => {
    const { camera, wall } = choices;
    if (isWall) choices.chooseCamera(FRONT_CAMERA);
    else if (wall.value && camera.value === FRONT_CAMERA) choices.chooseCamera(REAR_CAMERA);
    choices.chooseWall(isWall);
  };
  return (
    <>
      <h2>{supervisor.wall}</h2>
      <div class="tabs">
        {[false, true].map((isWall) => (
          <button
            type="button"
            key={String(isWall)}
            data-wall={isWall ? 'on' : 'off'}
            aria-pressed={isWall === choices.wall.value}
            disabled={isWall && !desk.hasBadges.value}
            onClick={() => choose(isWall)}
          >
            {isWall ? supervisor.on : supervisor.off}
          </button>
        ))}
      </div>
      <p class="hint">{desk.hasBadges.value ? supervisor.wallHint : supervisor.wallNeedsBadge}</p>
    </>
  );
}
