import type { Person } from '../../core/protocol/residents.ts';
import { TextArea } from '../../page/form/fields.tsx';
import { useDraftForm } from '../../page/form/use-form.ts';
import { accountWords } from '../i18n/account.ts';
import type { Account } from './account.ts';
import { Cause } from './cause.tsx';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';
import { personStanding } from './person-standing.ts';

/** To say that a colour is wrong, or that its time is over. */
export function ReviewPage({ account, person }: { account: Account; person: Person }) {
  const { review } = accountWords.value;
  const form = useDraftForm({
    draft: `review-${person.person}`,
    initial: { text: '' },
    faults: ({ text }) => ({ text: text.trim() === '' ? review.textMissing : undefined }),
    send: ({ text }) => account.appeal(person.person, text.trim()),
  });
  const standing = personStanding(person, account.wall() / 1000);
  return (
    <Page title={review.title}>
      <div class={`person ${standing}`}>
        <Cause person={person} standing={standing} />
      </div>
      {person.appeal && (
        <div class="done" role="status" data-appeal={person.appeal}>
          <strong>{review.state[person.appeal].what}</strong>
          <p>{review.state[person.appeal].next}</p>
        </div>
      )}
      {person.appeal !== 'open' && (
        <>
          <p>{review.about}</p>
          <FormFrame form={form} submit={review.submit}>
            <TextArea
              field={form.bind('text')}
              label={review.text}
              hint={review.textHint}
              maxLength={1000}
            />
          </FormFrame>
        </>
      )}
    </Page>
  );
}
