import { OVERRIDE_REASONS } from '../../core/verdict/reasons.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { App } from '../state/app.ts';
import { askSupervisor, supervisorOf } from '../state/badges.ts';

/** Beside a verdict that keeps somebody here: a supervisor may let them pass. */
export function OverrideButton({ app: { desk, post }, outcome }: { app: App; outcome: Outcome }) {
  if (!desk.hasBadges.value || outcome.verdict.verdict === 'pass') return null;
  const ask = async (event: Event) => {
    // A touch beside the buttons would send the verdict away.
    event.stopPropagation();
    const by = supervisorOf(desk) ?? (await askSupervisor(desk));
    const { value: scene } = post.scene;
    if (scene.name === 'verdict' && scene.outcome === outcome) desk.overriding.value = by;
  };
  return (
    <button type="button" class="shaded" data-override onClick={ask}>
      {lazyWords.value.supervisor.override}
    </button>
  );
}

/** Why the person may pass: it is recorded with the badge of who says so. */
export function OverrideReasons({ app: { desk, post }, by }: { app: App; by: string }) {
  const { supervisor } = lazyWords.value;
  const close = () => (desk.overriding.value = undefined);
  return (
    <main class="measure override">
      <h1>{supervisor.why}</h1>
      <div class="choices">
        {OVERRIDE_REASONS.map((reason) => (
          <button
            type="button"
            key={reason}
            data-reason={reason}
            onClick={() => post.override(reason, by).then(close)}
          >
            {supervisor.reason[reason]}
          </button>
        ))}
      </div>
      <button type="button" class="quiet" onClick={close}>
        {supervisor.cancel}
      </button>
    </main>
  );
}
