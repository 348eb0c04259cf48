import { signal } from '@preact/signals';

const ROUTES = [
  '/',
  '/enrol',
  '/settings',
  '/no-code',
  '/state',
  '/help',
  '/tour',
  '/shift',
  '/today',
  '/vehicle',
  '/fevers',
] as const;
export type Route = (typeof ROUTES)[number];

/** Where the app is; an address that it does not know is the scan screen. */
export const route = signal<Route>(routeOf(location.pathname));

window.addEventListener('popstate', () => {
  route.value = routeOf(location.pathname);
});

export function navigate(to: Route, options: { replace?: boolean; fragment?: string } = {}): void {
  history[options.replace ? 'replaceState' : 'pushState'](null, '', to + (options.fragment ?? ''));
  route.value = to;
}

function routeOf(path: string): Route {
  return isRoute(path) ? path : '/';
}

function isRoute(path: string): path is Route {
  return (ROUTES as readonly string[]).includes(path);
}
