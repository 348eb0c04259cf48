import * as v from 'valibot';
import { Policy } from '../core/documents/policy.ts';
import { CHINA_OFFSET } from '../core/time.ts';

/** `2020-03-10T08:00` for a field of type `datetime-local`. @param at epoch seconds. */
export function toField(at: number): string {
  return new Date((at + CHINA_OFFSET) * 1000).toISOString().slice(0, 16);
}

/** @returns undefined for what is no time. */
export function fromField(text: string): number | undefined {
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? undefined : at / 1000;
}

/**
 * What is wrong with a policy, by the paths of its fields (`fever.threshold`), each once.
 * Empty: it can be published.
 */
export function faultsIn(draft: Policy): string[] {
  const parsed = v.safeParse(Policy, draft);
  if (parsed.success) return [];
  const paths = parsed.issues.map((issue) => v.getDotPath(issue) ?? '');
  return [...new Set(paths.map(fieldOf))];
}

/** The field in which people can mend it. */
function fieldOf(path: string): string {
  if (path.startsWith('passage.areas')) return 'passage.areas';
  // Rules that hold between fields: amber before refuse, the fever limit among the plausible.
  if (path === '') return 'fever.threshold';
  return /^freshness\.\w+$/.test(path) ? `${path}.refuse` : path;
}

export function isSame(a: Policy, b: Policy): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
