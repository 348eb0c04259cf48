import { useSignal } from '@preact/signals';
import { Checkbox } from '../../page/form/choices.tsx';
import { useForm } from '../../page/form/use-form.ts';
import { accountWords } from '../i18n/account.ts';
import type { Trouble } from '../trouble.ts';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';

/** What cannot be taken back is done on a page of its own, after a tick. */
export function LeavePage(props: {
  readonly which: 'withdraw' | 'delete' | 'signOut';
  readonly name: string;
  readonly act: () => Promise<Trouble | undefined>;
}) {
  const { which, name, act } = props;
  const { title, about, sure, submit } = accountWords.value.leave[which];
  const { sureMissing } = accountWords.value.leave;
  const form = useForm({
    typed: useSignal({ sure: false }),
    faults: (values) => ({ sure: values.sure ? undefined : sureMissing }),
    send: async () => {
      const refusal = await act();
      if (refusal === undefined) location.hash = '#/';
      return refusal;
    },
  });
  return (
    <Page title={name === '' ? title : `${title} · ${name}`}>
      <p>{about}</p>
      <FormFrame form={form} submit={submit} grave>
        <Checkbox field={form.bind('sure')} label={sure} />
      </FormFrame>
      <a class="button wide" href="#/">
        {accountWords.value.cancel}
      </a>
    </Page>
  );
}
