import { lazyWords } from '../i18n/lazy/index.ts';
import type { Desk, DeskNotice } from '../state/desk.ts';

/** What came of the badge that was shown. */
export function BadgeNotice({ desk }: { desk: Desk }) {
  const { value: notice } = desk.notice;
  return (
    notice && (
      <p class="banner" role="alert" data-badge={notice}>
        {textOf(notice, desk)}
      </p>
    )
  );
}

/** Under the picture of the camera: whose badge it looks for. */
export function BadgeAsked({ desk: { asking } }: { desk: Desk }) {
  const { supervisor } = lazyWords.value;
  return (
    <div class="badge-asked">
      <p role="status">{supervisor.ask}</p>
      <button type="button" class="quiet" onClick={() => asking.value?.(undefined)}>
        {supervisor.cancel}
      </button>
    </div>
  );
}

function textOf(said: DeskNotice, { shift }: Desk): string {
  const { notice } = lazyWords.value;
  switch (said) {
    case 'started':
      return notice.started(shift.value?.name ?? shift.value?.badge ?? '');
    case 'too-large':
    case 'malformed':
      return notice.damaged;
    case 'unknown-key':
      return notice.unknown;
    default:
      return notice[said];
  }
}
