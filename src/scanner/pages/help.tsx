import { Shape } from '../components/shape.tsx';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import { navigate } from '../state/route.ts';

const VERDICTS = ['pass', 'stop', 'measure', 'unverified'] as const;

/** What every answer means and what to do; here without a network, as everything is. */
export function HelpPage() {
  const { help } = lazyWords.value;
  return (
    <main class="settings help">
      <h1>{help.title}</h1>
      <p class="hint">{help.offline}</p>
      <section>
        <h2>{help.verdicts}</h2>
        <dl>
          {VERDICTS.map((verdict) => (
            <div key={verdict}>
              <dt>
                <Shape verdict={verdict} />
                {words.value.verdict[verdict]}
              </dt>
              <dd>{help.verdict[verdict]}</dd>
            </div>
          ))}
        </dl>
      </section>
      {help.topics.map(({ title, lines }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2>{help.practise}</h2>
        <p>{help.practiseWhy}</p>
        <button type="button" onClick={() => navigate('/tour')}>
          {help.start}
        </button>
        <img class="practice-code" src="/practice-code.svg" alt={help.practiceCode} />
        <p class="hint">{help.codeWhy}</p>
      </section>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {help.back}
      </button>
    </main>
  );
}
