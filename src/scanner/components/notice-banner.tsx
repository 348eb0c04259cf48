import { words } from '../i18n/index.ts';
import type { Notice } from '../state/intake.ts';

/** What came in and was not judged, and what to do about it. */
export function NoticeBanner({ notice }: { notice: Notice | undefined }) {
  return (
    notice && (
      <p class="banner" role="alert" data-notice={notice}>
        {words.value.scan[notice]}
      </p>
    )
  );
}
