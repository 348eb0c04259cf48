import './account.css';
import type { Person } from '../../core/protocol/residents.ts';
import { type Address, pageHash } from '../address.ts';
import { askBy } from '../ask.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import type { Resident } from '../resident.ts';
import type { ResidentStore } from '../store.ts';
import { AboutCode, standingOfCode } from './about-code.tsx';
import { type Account, createAccount } from './account.ts';
import { CheckInPage } from './check-in.tsx';
import { CorrectPage } from './correct.tsx';
import { DeclarePage, FamilyPage } from './declare.tsx';
import { LeavePage } from './leave.tsx';
import { Page } from './page.tsx';
import { PeopleSection } from './people.tsx';
import { PersonPage } from './person.tsx';
import { PrivacyPage } from './privacy.tsx';
import { ReviewPage } from './review.tsx';
import { SignInPage } from './sign-in.tsx';
import { useRefreshed } from './use-refreshed.ts';
import { accountWire } from './wire.ts';

/** Opens the account of this phone, and hands out what is shown of it. */
export async function openPages(parts: {
  readonly store: ResidentStore;
  readonly resident: Resident;
  readonly fetcher: typeof fetch;
}) {
  const ask = askBy(parts.fetcher);
  const wireFor = (session: () => string | undefined) => accountWire(ask, session);
  const account = await createAccount({ ...parts, wireFor });
  return { account, AccountPage, PeopleSection, AboutCode, standingOfCode };
}

type PageAddress = Exclude<Address, { at: 'home' | 'code' }>;

/** The page behind the sign-in that the address names. */
function AccountPage({ address, account }: { address: PageAddress; account: Account }) {
  useRefreshed(account);
  const me = account.me.value;
  const { gone } = accountWords.value;
  if (address.at === 'sign-in') return <SignInPage account={account} />;
  if (!account.signedIn.value && address.at !== 'check-in' && address.at !== 'person') {
    return <SignInFirst />;
  }
  switch (address.at) {
    case 'declare':
      return <DeclarePage account={account} />;
    case 'family':
      return <FamilyPage account={account} />;
    case 'privacy':
      return <PrivacyPage account={account} />;
    case 'sign-out':
      return (
        <LeavePage
          which="signOut"
          name=""
          act={async () => {
            await account.signOut();
            return undefined;
          }}
        />
      );
  }
  const person = me?.people.find((one) => one.person === address.person);
  if (person) return <PagesOf at={address.at} account={account} person={person} />;
  return (
    <Page title={gone.what}>
      <p>{gone.next}</p>
    </Page>
  );
}

function PagesOf(props: {
  readonly at: Exclude<
    PageAddress['at'],
    'sign-in' | 'declare' | 'family' | 'privacy' | 'sign-out'
  >;
  readonly account: Account;
  readonly person: Person;
}) {
  const { at, account, person } = props;
  switch (at) {
    case 'check-in':
      return <CheckInPage account={account} person={person} />;
    case 'person':
      return <PersonPage account={account} person={person} />;
    case 'correct':
      return <CorrectPage account={account} person={person} />;
    case 'review':
      return <ReviewPage account={account} person={person} />;
    case 'withdraw':
      return (
        <LeavePage
          which="withdraw"
          name={person.name}
          act={() => account.withdraw(person.person)}
        />
      );
    case 'delete':
      return <LeavePage which="delete" name={person.name} act={() => account.erase(person)} />;
  }
}

function SignInFirst() {
  const { signIn } = accountWords.value;
  return (
    <Page title={signIn.title}>
      <Notice trouble="signed-out" />
      <a class="button primary" href={pageHash('sign-in')}>
        {signIn.title}
      </a>
    </Page>
  );
}
