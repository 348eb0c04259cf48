import { type Context, Hono } from 'hono';
import { problem } from '../problem.ts';
import { type Site, serveFile } from '../site/site.ts';

const NOT_BUILT =
  '<!doctype html><meta charset="utf-8"><title>Kakou 卡口</title><h1>网页尚未构建 · The site is not built</h1><p>npm run build</p>';

/** The shores that have a page of their own; every other path is the scanner's. */
const PAGES = ['/resident/', '/headquarters/'];

/** The built site, and for a page's deep links the page itself. */
export function siteRoutes(site: Site | undefined): Hono {
  const app = new Hono();
  // A picture that is shared goes to the scanner's service worker. Where the browser has
  // thrown that away, the scanner is opened all the same, and says that no picture came.
  app.post('/share', (c) => c.redirect('/?shared', 303));
  return app.get('*', async (c) => {
    const path = c.req.path;
    const file = site?.get(path);
    if (file) return serveFile(file, c.req.raw);
    if (PAGES.includes(`${path}/`)) return c.redirect(`${path}/`, 308);
    if (!wantsPage(c, path)) return problem('not-found');
    const folder = PAGES.find((page) => path.startsWith(page)) ?? '/';
    const page = site?.get(`${folder}index.html`);
    return page ? serveFile(page, c.req.raw) : c.html(NOT_BUILT, 503);
  });
}

/** A person who opens an address, rather than a program that looks for a file. */
function wantsPage(c: Context, path: string): boolean {
  return /^\/$|\/[^./]*$/.test(path) && (c.req.header('Accept') ?? '').includes('text/html');
}
