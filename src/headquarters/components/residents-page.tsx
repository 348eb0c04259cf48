import type { Headquarters } from '../headquarters.ts';
import { AppealList } from './appeal-list.tsx';
import { ListImport } from './list-import.tsx';
import { ReviewList } from './review-list.tsx';

/** What headquarters decides about residents: lists, reviews, appeals. */
export function ResidentsPage({ headquarters }: { headquarters: Headquarters }) {
  return (
    <div class="console even">
      <div>
        <AppealList headquarters={headquarters} />
        <ReviewList headquarters={headquarters} />
      </div>
      <div>
        <ListImport headquarters={headquarters} />
      </div>
    </div>
  );
}
