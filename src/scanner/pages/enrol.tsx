import { useEffect, useState } from 'preact/hooks';
import { type EnrolmentLink, isEnrolmentLink, parseEnrolmentLink } from '../../core/enrolment.ts';
import { refuse } from '../../core/result.ts';
import { type EnrolProblem, enrol } from '../../device/enrol.ts';
import { network } from '../../device/request.ts';
import { Install } from '../components/install.tsx';
import { Viewfinder } from '../components/viewfinder.tsx';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { navigate, type Route } from '../state/route.ts';

type Step =
  | { readonly at: 'asking' }
  | { readonly at: 'working'; readonly link: string }
  | { readonly at: 'failed'; readonly link: string; readonly problem: EnrolProblem | 'malformed' }
  | { readonly at: 'done' };

/** The others need another link, and a button that cannot help would only mislead. */
const WORTH_A_RETRY: readonly string[] = [
  'no-network',
  'unavailable',
  'not-an-authority',
  'storage-failed',
  'records-waiting',
];

/** From a link, scanned outside, scanned here or pasted, to a device that can judge. */
export function EnrolPage({ app }: { app: App }) {
  const text = lazyWords.value.enrol;
  const { enrolment, bulletin } = app.station.holdings.value;
  const [link, setLink] = useState(location.hash && location.href);
  const [step, setStep] = useState<Step>({ at: 'asking' });
  const decoder = app.engines.decoder.value;

  const enrolWith = (link: EnrolmentLink) =>
    enrol(link, {
      store: app.store,
      fetch: network,
      origin: location.origin,
      now: app.station.clock.wall,
    }).catch((fault) => {
      reportError(fault);
      return refuse('unavailable');
    });
  const start = async (link: string) => {
    // Once enrolled, the start page is the scan screen: what follows must be shown here.
    navigate('/enrol', { replace: true, fragment: location.hash });
    setStep({ at: 'working', link });
    const parsed = parseEnrolmentLink(link.trim());
    const outcome = parsed.ok ? await enrolWith(parsed.value) : parsed;
    if (!outcome.ok) return setStep({ at: 'failed', link, problem: outcome.reason });
    navigate('/enrol', { replace: true });
    setStep({ at: 'done' });
  };

  // A device that is enrolled already is moved by its staff's tap, not by a link alone.
  useEffect(() => {
    if (!enrolment && location.hash) void start(location.href);
  }, []);

  // Records must outlive a browser that is short of space. Some ask the person, and only
  // upon a tap; it may say no, and scanning does not wait for it.
  const leave = (to: Route) => {
    navigator.storage?.persist?.().catch(() => {});
    navigate(to, { replace: true });
  };

  if (step.at === 'done') {
    return (
      <main class="enrol">
        <h1>{text.done}</h1>
        <p class="big" role="status" data-enrolled>
          {text.station}: <b>{enrolment?.post.name}</b>
        </p>
        {!bulletin && <p class="warning">{lazyWords.value.reason['bulletin-missing'].why}</p>}
        <button type="button" class="primary" onClick={() => leave('/')}>
          {text.goScan}
        </button>
        <button type="button" onClick={() => leave('/tour')}>
          {lazyWords.value.state.practise}
        </button>
        <Install />
      </main>
    );
  }
  return (
    <main class="enrol">
      <h1>{text.title}</h1>
      {step.at === 'working' && <p role="status">{text.working}</p>}
      {step.at === 'failed' && (
        <>
          <p class="warning" role="alert" data-problem={step.problem}>
            {text.problem[step.problem]}
          </p>
          {WORTH_A_RETRY.includes(step.problem) && (
            <button type="button" class="primary" onClick={() => start(step.link)}>
              {text.again}
            </button>
          )}
        </>
      )}
      {step.at !== 'working' && (
        <>
          {!enrolment && <p class="warning">{text.notEnrolled}</p>}
          <p class="hint">{text.intro}</p>
          <Viewfinder
            decoder={decoder.state === 'ready' ? decoder.decoder : undefined}
            looking={true}
            deviceId={app.choices.camera.value || undefined}
            aim={text.aim}
            onText={async (found) => {
              if (!isEnrolmentLink(found)) return true;
              setLink(found);
              if (!enrolment) void start(found);
              return true;
            }}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void start(link);
            }}
          >
            <label>
              {text.paste}
              <input
                type="url"
                name="link"
                required
                autocomplete="off"
                value={link}
                onInput={({ currentTarget }) => setLink(currentTarget.value)}
              />
            </label>
            <button type="submit" class="primary">
              {text.start}
            </button>
          </form>
          {enrolment && (
            <button type="button" class="quiet" onClick={() => navigate('/')}>
              {lazyWords.value.settings.back}
            </button>
          )}
        </>
      )}
    </main>
  );
}
