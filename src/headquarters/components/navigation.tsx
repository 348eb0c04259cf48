import { STAFF_ROLES, type StaffRole } from '../../core/protocol/headquarters.ts';
import { words } from '../i18n/language.ts';
import { PAGES, type Page } from '../router.ts';
import { PageLink } from './page-link.tsx';

/** Pages that are of no use to whoever may do less. */
const LEAST: Partial<Readonly<Record<Page, StaffRole>>> = {
  counter: 'operator',
  staff: 'admin',
  acts: 'admin',
};
const rank = (role: StaffRole) => STAFF_ROLES.indexOf(role);

export function Navigation({ role }: { role: StaffRole }) {
  const { pages, navigation } = words.value;
  const shown = PAGES.filter((one) => rank(role) >= rank(LEAST[one] ?? 'viewer'));
  return (
    <nav class="pages" aria-label={navigation}>
      {shown.map((one) => (
        <PageLink key={one} to={one}>
          {pages[one]}
        </PageLink>
      ))}
    </nav>
  );
}
