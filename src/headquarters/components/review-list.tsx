import { HqResident, HqReviews } from '../../core/protocol/headquarters-residents.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

/** Whose term is over: one step each, red to yellow or yellow to green. */
export function ReviewList({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/reviews', HqReviews);
  const { reviews: labels, colour: colours } = words.value;
  const review = async (person: string, from: string): Promise<Trouble | undefined> => {
    const path = `/hq/residents/${person}/reviews`;
    const said = await headquarters.ask('POST', path, HqResident, { from });
    await reload();
    return said.ok ? undefined : said.reason;
  };
  return (
    <section class="panel" data-panel="reviews">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {entries?.length === 0 && <p class="faint">{labels.none}</p>}
      <ul class="attention">
        {entries?.map(({ person, name, area, colour, reviewFrom }) => (
          <li key={person} data-review={person}>
            <strong>{name}</strong>
            <span>{colours[colour]}</span>
            <small>
              {area}
              {reviewFrom !== null && ` · ${labels.since(moment(words.value, reviewFrom))}`}
            </small>
            {(colour === 'red' || colour === 'yellow') && (
              <ConfirmButton
                name="review"
                labels={labels.step[colour]}
                act={() => review(person, colour)}
              />
            )}
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </section>
  );
}
