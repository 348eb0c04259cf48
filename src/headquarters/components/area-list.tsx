import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { HqArea } from '../../core/protocol/headquarters-residents.ts';
import type { Areas } from '../../core/protocol/residents.ts';
import { TextField } from '../../page/form/fields.tsx';
import { useForm } from '../../page/form/use-form.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { language, words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

const BLANK = { code: '', zh: '', en: '' };

/** Where residents can say that they live; headquarters adds to it, and mends names. */
export function AreaList(props: {
  readonly headquarters: Headquarters;
  /** Undefined: on their way. */
  readonly areas: Areas | undefined;
  readonly reload: () => Promise<void>;
}) {
  const { headquarters, areas, reload } = props;
  const typed = useSignal(BLANK);
  const [done, setDone] = useState<HqArea>();
  const { areas: labels } = counterWords.value;
  const { values, bind, busy, trouble, onSubmit } = useForm({
    typed,
    faults: ({ code, zh, en }) => ({
      code: /^[1-9]\d{5}$/.test(code.trim()) ? undefined : labels.fault.code,
      zh: zh.trim() === '' ? labels.fault.zh : undefined,
      en: en.trim() === '' ? labels.fault.en : undefined,
    }),
    send: async ({ code, zh, en }) => {
      const names = { zh: zh.trim(), en: en.trim() };
      const trouble = await headquarters.act(`/hq/areas/${code.trim()}`, names, 'PUT');
      if (trouble) return trouble;
      setDone(names);
      typed.value = BLANK;
      await reload();
      return undefined;
    },
  });
  const held = areas?.find(({ code }) => code === values.code.trim());
  const justDone = values === BLANK ? done : undefined;
  return (
    <section class="panel" data-panel="areas">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      <form noValidate onSubmit={onSubmit}>
        <TextField
          field={bind('code')}
          label={labels.code}
          hint={held ? labels.named(held[language.value]) : labels.example.code}
          inputMode="numeric"
          maxLength={6}
        />
        <TextField
          field={bind('zh')}
          label={labels.zh}
          hint={labels.example.zh}
          maxLength={32}
          lang="zh-CN"
        />
        <TextField
          field={bind('en')}
          label={labels.en}
          hint={labels.example.en}
          maxLength={64}
          lang="en"
        />
        {trouble && <TroubleNotice trouble={trouble} />}
        <div role="status">
          {justDone && <p data-area-done>{labels.done(justDone[language.value])}</p>}
        </div>
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? words.value.working : held ? labels.rename : labels.submit}
        </button>
      </form>
      {areas && (
        <details>
          <summary>{labels.list(areas.length)}</summary>
          <ul class="documents">
            {areas.map((area) => (
              <li key={area.code} data-area={area.code}>
                <span>{area[language.value]}</span>
                <code>{area.code}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
