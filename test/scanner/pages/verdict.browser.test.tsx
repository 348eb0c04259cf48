import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actions, Verdict } from '../../../src/core/verdict/decide.ts';
import { type Language, language, loadLanguage } from '../../../src/scanner/i18n/index.ts';
import { VerdictPage } from '../../../src/scanner/pages/verdict.tsx';
import { live, reading } from '../../core/verdict/situation.ts';
import { makePost } from '../state/make-post.ts';

const place = document.createElement('div');
beforeEach(() => document.body.append(place));
afterEach(() => {
  render(null, place);
  place.remove();
  language.value = 'zh';
});

function show(verdict: Verdict, actions: Actions = {}): void {
  const subject = { evidence: { kind: 'code', code: live() }, actions } as const;
  const post = makePost(() => verdict.reason);
  const outcome = { subject, verdict, record: undefined };
  render(<VerdictPage post={post} outcome={outcome} held={false} />, place);
}

test.each([
  ['zh', '验证密钥、通告和状态表'],
  ['en', 'Keys, Bulletin, and Status list'],
] as const)('what grows old is listed as %s lists things', async (name: Language, listed) => {
  await loadLanguage(name);
  language.value = name;
  show({ verdict: 'pass', reason: 'green', amber: ['trust', 'bulletin', 'status'] });
  await vi.waitFor(() => expect(place.querySelector('.note')?.textContent).toContain(listed));
});

test('whoever is scanned again after a fever waits for what is left of the policy’s seconds', async () => {
  const again = () => place.querySelector<HTMLButtonElement>('.answers .chosen');
  show({ verdict: 'stop', reason: 'fever-earlier', amber: [], age: 2 });
  await vi.waitFor(() => expect(again()?.textContent).toMatch(/3 秒/));
  expect(again()?.disabled).toBe(true);
  expect(place.querySelector('.why small')?.textContent).toBe('');
  show({ verdict: 'stop', reason: 'fever-earlier', amber: [], age: 600 });
  await vi.waitFor(() => expect(again()?.disabled).toBe(false));
});

test.each([
  ['a fever now', {}, { reading: reading(385) }, '黄码 · 发热', true],
  ['one earlier', { feverEarlier: true, age: 600 }, {}, '黄码 · 此前在本站测得发热', true],
  [
    'one that was none',
    { feverEarlier: true, age: 600 },
    { reading: reading(), remeasured: true },
    '黄码 · 复测无异常',
    false,
  ],
] as const)('beside yellow the screen tells of %s', async (_, told, actions, why, again) => {
  show({ verdict: 'stop', reason: 'yellow', amber: [], ...told }, actions);
  await vi.waitFor(() => expect(place.querySelector('.why')?.textContent).toContain(why));
  expect(place.querySelector('.answers .chosen') !== null).toBe(again);
});

test('whoever shows a screenshot is not measured again as whom it names', async () => {
  show({ verdict: 'stop', reason: 'stale-proof', amber: [] }, { reading: reading(385) });
  await vi.waitFor(() => expect(place.querySelector('.why')?.textContent).toContain('发热'));
  expect(place.querySelector('.answers .chosen')).toBeNull();
});
