import { STAFF_ROLES, type StaffRole } from '../../core/protocol/headquarters.ts';
import { words } from '../i18n/language.ts';
import { addressOf, open, PAGES, type Page, page } from '../router.ts';

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
        <a
          key={one}
          href={addressOf(one)}
          aria-current={one === page.value ? 'page' : undefined}
          onClick={(event) => {
            // A new tab has no session: it is for the browser to open.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            open(one);
          }}
        >
          {pages[one]}
        </a>
      ))}
    </nav>
  );
}
