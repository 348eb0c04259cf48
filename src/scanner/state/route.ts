import { signal } from '@preact/signals';

export type Route = '/' | '/enrol' | '/settings' | '/no-code';
const ROUTES: readonly string[] = ['/', '/enrol', '/settings', '/no-code'];

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
  return ROUTES.includes(path);
}
