import * as v from 'valibot';
import { ProblemBody } from './protocol.ts';

/** What came back for a request, as far as the protocol reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** @returns undefined unless the answer is JSON of this shape: a portal's page is not. */
export function parseAnswer<Schema extends v.GenericSchema>(
  { headers, text }: Answer,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  if (!/^application\/([a-z]+\+)?json\b/.test(headers.get('content-type') ?? '')) return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** The stable code of problem details (RFC 9457), if that is what came. */
export function problemOf(answer: Answer): string | undefined {
  return parseAnswer(answer, ProblemBody)?.code;
}
