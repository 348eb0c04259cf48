import type { Person } from '../../core/protocol/residents.ts';
import { moment } from '../../page/china-time.ts';
import { accountWords } from '../i18n/account.ts';
import { words } from '../i18n/language.ts';
import type { Standing } from '../standing.ts';

/** Why the colour is what it is, what it means, and what there is to do. */
export function Cause({ person, standing }: { person: Person; standing: Standing }) {
  const { cause, meaning, person: labels } = accountWords.value;
  const { reviewFrom, opensAt } = person;
  // A green that lapsed on this phone has no cause from the authority yet.
  const why = standing === 'lapsed' ? 'lapsed' : person.cause;
  const dates = [
    reviewFrom !== null && labels.reviewFrom(moment(words.value, reviewFrom)),
    standing === 'grey' && opensAt !== null && labels.opensAt(moment(words.value, opensAt)),
  ].filter((one) => one !== false);
  return (
    <>
      <p data-cause={why}>
        <strong>{labels.cause(cause[why])}</strong>
      </p>
      <p>{meaning[standing]}</p>
      {dates.map((date) => (
        <p key={date} class="faint">
          {date}
        </p>
      ))}
    </>
  );
}
