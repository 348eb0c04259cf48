import '../../src/headquarters/headquarters.css';
import { render } from 'preact';
import { onTestFinished, vi } from 'vitest';
import { App } from '../../src/headquarters/components/app.tsx';
import { createHeadquarters } from '../../src/headquarters/headquarters.ts';
import { headquartersClient } from '../../src/headquarters/headquarters-client.ts';
import { open, type Page } from '../../src/headquarters/router.ts';
import { makeOverview } from './overview.ts';

/** By method and path. An answer that throws is a network that failed. */
type Answers = Readonly<Record<string, (body: unknown) => Response>>;

/** @param code of problem details, where there is one. */
export function problem(status: number, code?: string): Response {
  return code
    ? Response.json({ status, title: code, code }, { status })
    : new Response(null, { status });
}

/** One page of the console, over an authority that answers just this. */
export function showPage(page: Page, answers: Answers, overview = makeOverview()) {
  const asked: string[] = [];
  const client = headquartersClient(async (input, { method = 'GET', body } = {}) => {
    const at = `${method} ${input}`;
    if (at === 'GET /hq/overview') return Response.json(overview);
    asked.push(at);
    const text = typeof body === 'string' ? JSON.parse(body) : undefined;
    const answer = answers[at] ?? answers[at.replace(/check-ins\/[\w-]{22}$/, 'check-ins/:key')];
    return answer?.(text) ?? problem(404);
  });
  open(page);
  const place = document.createElement('div');
  document.body.append(place);
  const headquarters = createHeadquarters(client, 'secret');
  render(<App headquarters={headquarters} client={client} />, place);
  const close = () => {
    render(null, place);
    place.remove();
    open('board');
  };
  onTestFinished(close);
  const find = <Found extends HTMLElement>(selector: string) =>
    vi.waitFor(
      () => {
        const found = place.querySelector<Found>(selector);
        if (!found) throw new Error(`${selector} is not shown: ${place.textContent}`);
        return found;
      },
      { timeout: 15_000 },
    );
  return { place, asked, find, close };
}
