import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';

/**
 * The bulletin comes hourly, and says of all status lists that they still hold: from this age
 * on one was missed, seconds.
 */
const OVERDUE = 2 * 3600;

export function DocumentList(props: { documents: HqOverview['documents']; now: number }) {
  const { documents: labels, ago } = words.value;
  return (
    <section class="panel" data-panel="documents">
      <h2>{labels.heading}</h2>
      <ul class="documents">
        {props.documents.map(({ name, version, issuedAt }) => {
          const age = props.now - issuedAt;
          return (
            <li key={name}>
              <strong>{documentName(name)}</strong>
              <span>{ago(spanInWords(words.value, age))}</span>
              <small>{labels.version(version)}</small>
              {name === 'bulletin' && age > OVERDUE && (
                <span class="problem">⚠ {labels.overdue}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function documentName(name: string): string {
  const { trust, bulletin, status } = words.value.documents;
  if (name === 'trust') return trust;
  if (name === 'bulletin') return bulletin;
  return name.startsWith('status/') ? status(name.slice('status/'.length)) : name;
}
