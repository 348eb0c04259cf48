import {
  HqCounterResident,
  RELEASE_REASONS,
  type ReleaseReason,
} from '../../core/protocol/headquarters-residents.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { ConfirmButton } from './confirm-button.tsx';

/** For whoever stands here with their document while a telephone elsewhere has their code. */
export function ReleasePerson(props: {
  readonly headquarters: Headquarters;
  readonly person: string;
  readonly onDone: (resident: HqCounterResident) => void;
}) {
  const { headquarters, person, onDone } = props;
  const { release: labels } = counterWords.value;
  const release = async (reason: ReleaseReason): Promise<Trouble | undefined> => {
    const path = `/hq/residents/${person}/release`;
    const said = await headquarters.ask('POST', path, HqCounterResident, { reason });
    if (!said.ok) return said.reason;
    onDone(said.value);
    return undefined;
  };
  return (
    <section class="part" data-part="release">
      <h3>{labels.heading}</h3>
      <p>{labels.about}</p>
      <p class="actions">
        {RELEASE_REASONS.map((reason) => (
          <ConfirmButton
            key={reason}
            name={reason}
            labels={{ ...labels, button: labels.reason[reason] }}
            act={() => release(reason)}
          />
        ))}
      </p>
    </section>
  );
}
