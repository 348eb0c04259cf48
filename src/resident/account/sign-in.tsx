import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import { PhoneNumber, SignInCodeResponse } from '../../core/protocol/residents.ts';
import { forgetDraft, keepDraft, keptDraft } from '../../page/form/draft.ts';
import { TextField } from '../../page/form/fields.tsx';
import { useDraftForm, useForm } from '../../page/form/use-form.ts';
import { onEvery } from '../clock.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import { spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';

const TIMES = v.omit(SignInCodeResponse, ['now']);
/** A code that was sent. Whoever looks it up in another app may come back to a new page. */
const Sent = v.object({ phone: PhoneNumber, ...TIMES.entries });
type Sent = v.InferOutput<typeof Sent>;
const SENT = 'sent';

/** Spaces and hyphens are how people write numbers down. */
const plainNumber = (typed: string) => typed.normalize('NFKC').replaceAll(/[\s-]/g, '');

export function SignInPage({ account }: { account: Account }) {
  const [sent, setSent] = useState(keptSent);
  const now = useSeconds(account.wall);
  const [notBefore, setNotBefore] = useState(sent?.againAt ?? 0);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { signIn } = accountWords.value;

  const send = async (typed: string) => {
    const phone = plainNumber(typed);
    const answer = await account.wire.sendCode(phone);
    const here = Math.floor(account.wall() / 1000);
    if (answer.ok) {
      const { now, expiresAt, againAt } = answer.value;
      // In this phone's time, right or wrong.
      const code = { phone, expiresAt: here + expiresAt - now, againAt: here + againAt - now };
      setSent(code);
      keepDraft(SENT, code);
      setNotBefore(code.againAt);
      return undefined;
    }
    if (answer.retryAfter) setNotBefore(here + answer.retryAfter);
    return answer.reason;
  };
  const forget = () => {
    setSent(undefined);
    forgetDraft(SENT);
  };
  const wait = Math.ceil(notBefore - now);
  return (
    <Page title={signIn.title}>
      <p>{signIn.about}</p>
      {sent ? (
        <>
          <CodeForm account={account} sent={sent} now={now} />
          <div class="row">
            <button
              type="button"
              class="button"
              disabled={wait > 0}
              onClick={async () => setTrouble(await send(sent.phone))}
            >
              {wait > 0 ? signIn.wait(wait) : signIn.again}
            </button>
            <button type="button" class="button" onClick={forget}>
              {signIn.otherPhone}
            </button>
          </div>
          {trouble && <Notice trouble={trouble} />}
        </>
      ) : (
        <PhoneForm send={send} wait={wait} />
      )}
    </Page>
  );
}

function PhoneForm(props: {
  readonly send: (phone: string) => Promise<Trouble | undefined>;
  readonly wait: number;
}) {
  const { send, wait } = props;
  const { signIn } = accountWords.value;
  const form = useDraftForm({
    draft: 'phone',
    initial: { phone: '' },
    faults: ({ phone }) => ({
      phone: v.is(PhoneNumber, plainNumber(phone)) ? undefined : signIn.phoneWrong,
    }),
    send: ({ phone }) => send(phone),
  });
  return (
    <FormFrame form={form} submit={signIn.get}>
      <TextField
        field={form.bind('phone')}
        label={signIn.phone}
        hint={signIn.phoneHint}
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
      />
      {wait > 0 && <p role="status">{signIn.wait(wait)}</p>}
    </FormFrame>
  );
}

function CodeForm({ account, sent, now }: { account: Account; sent: Sent; now: number }) {
  const { signIn } = accountWords.value;
  const left = sent.expiresAt - now;
  const form = useForm({
    typed: useSignal({ code: '' }),
    faults: ({ code }) => ({
      code: /^\d{6}$/.test(plainNumber(code)) ? undefined : signIn.codeWrong,
    }),
    send: async ({ code }) => {
      const refusal = await account.signIn(sent.phone, plainNumber(code));
      if (refusal === undefined) {
        forgetDraft(SENT);
        location.hash = '#/';
      }
      return refusal;
    },
  });
  return (
    <FormFrame form={form} submit={signIn.enter}>
      <TextField
        field={form.bind('code')}
        label={signIn.code}
        hint={
          left > 0 ? signIn.codeHint(sent.phone, spanInWords(words.value, left)) : signIn.codeLapsed
        }
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
      />
    </FormFrame>
  );
}

function keptSent(): Sent | undefined {
  const kept = v.safeParse(Sent, keptDraft(SENT));
  return kept.success ? kept.output : undefined;
}

/** Epoch seconds, ticking. */
function useSeconds(wall: () => number): number {
  const [now, setNow] = useState(() => Math.floor(wall() / 1000));
  useEffect(() => onEvery(1, wall, () => setNow(Math.floor(wall() / 1000))), [wall]);
  return now;
}
