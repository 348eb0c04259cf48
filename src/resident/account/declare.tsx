import { RELATIONSHIPS } from '../../core/code/claims.ts';
import { isoDay } from '../../page/china-time.ts';
import { declarationOf } from '../../page/declaration/declaration-of.ts';
import { SelectField } from '../../page/form/fields.tsx';
import { useDraftForm } from '../../page/form/use-form.ts';
import { pageHash } from '../address.ts';
import { accountWords } from '../i18n/account.ts';
import { words } from '../i18n/language.ts';
import type { Account } from './account.ts';
import { BLANK, type DeclarationValues, faultsInWords } from './declaration.ts';
import { DeclarationFields } from './declaration-fields.tsx';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';

/** The health declaration, for oneself. */
export function DeclarePage({ account }: { account: Account }) {
  const { declare } = accountWords.value;
  const form = useDraftForm({
    draft: 'declare',
    initial: BLANK,
    faults: (values) => faultsOf(account, values),
    send: (values) => apply(account, values),
  });
  return (
    <Page title={declare.title}>
      <p>{declare.about}</p>
      <FormFrame form={form} submit={declare.submit}>
        <DeclarationFields account={account} form={form} promise={declare.promise} />
      </FormFrame>
    </Page>
  );
}

/** The same for an elder or a child, who get a code on paper. */
export function FamilyPage({ account }: { account: Account }) {
  const { family, choose } = accountWords.value;
  const form = useDraftForm({
    draft: 'family',
    initial: BLANK,
    faults: (values) => ({
      ...faultsOf(account, values),
      relationship: values.relationship === '' ? family.relationshipMissing : undefined,
    }),
    send: (values) => apply(account, values),
  });
  return (
    <Page title={family.title}>
      <p>{family.about}</p>
      <FormFrame form={form} submit={family.submit}>
        <SelectField
          field={form.bind('relationship')}
          label={family.relationship}
          hint={family.relationshipHint}
          placeholder={choose}
          choices={RELATIONSHIPS.map((one) => [one, words.value.relationship[one]])}
        />
        <h3>{family.person}</h3>
        <DeclarationFields account={account} form={form} promise={family.promise} />
      </FormFrame>
    </Page>
  );
}

function faultsOf(account: Account, values: DeclarationValues) {
  return faultsInWords(values, accountWords.value, isoDay(account.wall() / 1000));
}

/** The code follows at once where it can; where it cannot, the person's page offers it. */
async function apply(account: Account, values: DeclarationValues) {
  const { relationship } = values;
  const declaration = declarationOf(values);
  const declared = await account.declare(
    relationship === '' ? declaration : { ...declaration, relationship },
  );
  if (!declared.ok) return declared.reason;
  await account.getCode(declared.value);
  location.hash = pageHash('person', declared.value.person);
  return undefined;
}
