import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createHeadquarters } from '../../src/headquarters/headquarters.ts';
import { headquartersClient } from '../../src/headquarters/headquarters-client.ts';

const BODY = { post: '东门卡口', area: '420606', role: 'checkpoint' };
const Made = v.object({ link: v.string() });

/** @param answers undefined: none. */
function headquartersThat(answers: (Response | undefined)[]) {
  const keys: unknown[] = [];
  const client = headquartersClient(async (_, init) => {
    const { key, ...body } = JSON.parse(String(init?.body));
    expect(body).toEqual(BODY);
    keys.push(key);
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  });
  const headquarters = createHeadquarters(client, 'key');
  return { keys, make: () => headquarters.make('/hq/enrolments', Made, BODY) };
}

test('after a lost answer the same is asked for with the same key, and then with another', async () => {
  const made = () => Response.json({ link: 'x' }, { status: 201 });
  const busy = new Response(null, { status: 503 });
  const { keys, make } = headquartersThat([undefined, busy, made(), made()]);
  const outcomes = [await make(), await make(), await make(), await make()];
  expect(outcomes.map((one) => (one.ok ? 'made' : one.reason))).toEqual([
    ...['unreachable', 'busy', 'made', 'made'],
  ]);
  expect(keys[0]).toMatch(/^[\w-]{22}$/);
  expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
});

test('what was refused is another request when it is asked for again', async () => {
  const refused = () => new Response(null, { status: 400 });
  const { keys, make } = headquartersThat([refused(), refused()]);
  await make();
  await make();
  expect(keys[0]).not.toBe(keys[1]);
});
