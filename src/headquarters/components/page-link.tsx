import type { ComponentChildren } from 'preact';
import { addressOf, open, type Page, page } from '../router.ts';

/** The way to another page of this tab. */
export function PageLink({ to, children }: { to: Page; children: ComponentChildren }) {
  return (
    <a
      href={addressOf(to)}
      aria-current={to === page.value ? 'page' : undefined}
      onClick={(event) => {
        // A new tab has no session: it is for the browser to open.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(to);
      }}
    >
      {children}
    </a>
  );
}
