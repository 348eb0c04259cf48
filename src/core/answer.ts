import * as v from 'valibot';
import { ProblemBody } from './protocol/common.ts';

/** What came back for a request, as far as the protocol reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** A stream of text; `ReadableStream<string>` is one. */
interface TextStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: string | undefined }>;
    cancel(): Promise<void>;
  };
}

/** @returns undefined when there is more: a hostile answer must not fill the memory. */
export async function readText(stream: TextStream, limit: number): Promise<string | undefined> {
  const reader = stream.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > limit) {
      await reader.cancel();
      return undefined;
    }
  }
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
