import { useEffect, useState } from 'preact/hooks';
import type { Declaration, Person } from '../../core/protocol/residents.ts';
import { isoDay } from '../../page/china-time.ts';
import { declarationOf } from '../../page/declaration/declaration-of.ts';
import { useDraftForm } from '../../page/form/use-form.ts';
import { pageHash } from '../address.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';
import { faultsInWords, valuesOf } from './declaration.ts';
import { DeclarationFields } from './declaration-fields.tsx';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';

/** The one correction of a declaration. It begins with what was declared. */
export function CorrectPage({ account, person }: { account: Account; person: Person }) {
  const [declared, setDeclared] = useState<Declaration | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { declare, loading } = accountWords.value;
  const load = async () => {
    const answer = account.heard(await account.wire.details(person.person));
    if (answer.ok) setDeclared(answer.value.declarations[0]?.declaration);
    setTrouble(answer.ok ? undefined : answer.reason);
  };
  useEffect(() => {
    void load();
  }, [account, person.person]);
  return (
    <Page title={declare.correctTitle}>
      {person.corrected ? <p class="remark">{declare.corrected}</p> : <p>{declare.correctAbout}</p>}
      {trouble && <Notice trouble={trouble} onRetry={load} />}
      {!declared && !trouble && <p>{loading}</p>}
      {declared && !person.corrected && (
        <CorrectionForm account={account} person={person.person} declared={declared} />
      )}
    </Page>
  );
}

function CorrectionForm(props: {
  readonly account: Account;
  readonly person: string;
  readonly declared: Declaration;
}) {
  const { account, person, declared } = props;
  const { declare } = accountWords.value;
  const form = useDraftForm({
    draft: `correct-${person}`,
    initial: valuesOf(declared),
    faults: (values) => faultsInWords(values, accountWords.value, isoDay(account.wall() / 1000)),
    send: async (values) => {
      const correction = { ...declarationOf(values), document: declared.document };
      const refusal = await account.correct(person, correction);
      if (refusal === undefined) location.hash = pageHash('person', person);
      return refusal;
    },
  });
  return (
    <FormFrame form={form} submit={declare.submitCorrection}>
      <DeclarationFields account={account} form={form} fixed promise={declare.promise} />
    </FormFrame>
  );
}
