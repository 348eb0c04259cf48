import { DEMO_AREA, DEMO_POST } from '../demo/town.ts';
import { makeEnrolmentLink } from '../enrolment/enrolment-token.ts';
import type { Authority } from './authority.ts';
import { terminalQr } from './terminal-qr.ts';

/**
 * What to open, and a fresh enrolment for one device. Headquarters' key stands in the
 * fragment, which no browser sends to a server.
 *
 * @param now epoch seconds.
 * @param colours whether the terminal takes them.
 */
export async function announce(
  { db, publicOrigin, hqKey, siteBuilt }: Authority,
  now: number,
  colours: boolean,
): Promise<string> {
  const post = { post: DEMO_POST, area: DEMO_AREA, role: 'checkpoint' } as const;
  const { link } = await makeEnrolmentLink(db.sql, post, publicOrigin, now);
  const lines = [
    '',
    'Kakou 卡口 is ready.',
    '',
    `  Scanner       ${publicOrigin}/`,
    `  Resident      ${publicOrigin}/resident/`,
    `  Headquarters  ${publicOrigin}/headquarters/#key=${hqKey}`,
    '',
    `  Enrolment     ${link}`,
    '',
    `The enrolment is for one device, at the post ${DEMO_POST}, within 24 hours.`,
    isLoopback(publicOrigin)
      ? 'It leads to this machine only: for phones, name an https address with PUBLIC_ORIGIN.'
      : 'Open the link, or scan this with the phone:',
    '',
    terminalQr(link, colours),
    '',
    'Ctrl-C stops everything.',
  ];
  if (!siteBuilt) lines.push('', 'The site is not built, so there are no pages: npm run build');
  return lines.join('\n');
}

/** An address that means another machine to every phone that scans it. */
function isLoopback(origin: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(origin).host);
}
