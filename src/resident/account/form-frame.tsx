import type { ComponentChildren } from 'preact';
import type { Form } from '../../page/form/use-form.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import type { Trouble } from '../trouble.ts';

/** The fields, what went wrong with them on the way, and the one button that sends them. */
export function FormFrame<Values>(props: {
  readonly form: Form<Values, Trouble>;
  readonly submit: string;
  readonly grave?: boolean;
  readonly children: ComponentChildren;
}) {
  const { form, submit, grave = false, children } = props;
  return (
    <form noValidate onSubmit={form.onSubmit} aria-busy={form.busy}>
      {children}
      {form.trouble && <Notice trouble={form.trouble} />}
      <button
        type="submit"
        class={`button wide ${grave ? 'grave' : 'primary'}`}
        disabled={form.busy}
      >
        {form.busy ? accountWords.value.sending : submit}
      </button>
    </form>
  );
}
