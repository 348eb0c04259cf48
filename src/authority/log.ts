/** One line per event. Facts are ids, counts and codes: never a person, a key or a token. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number>>) => void;

/** Epoch seconds. */
export type Clock = () => number;

export const systemClock: Clock = () => Math.floor(Date.now() / 1000);

export const logToStderr: Log = (event, facts = {}) => {
  const said = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  console.error([new Date().toISOString(), event, ...said].join(' '));
};

/** What of an error may stand in a log: its kind and code. A message can quote data. */
export function errorFacts(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = error.stack?.split('\n').find((line) => line.startsWith('    at '));
  return { error: error.name, ...(code && { code }), ...(at && { at: at.trim().slice(3) }) };
}
