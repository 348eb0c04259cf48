import { Fault } from '../../core/result.ts';

/** What `npm start -- <name>` runs: a module of this folder, loaded when it is asked for. */
export interface Command {
  /** How it is called, one line for each way, without the name of the program. */
  readonly usage: readonly string[];
  /**
   * @param args what stands after the command's name.
   * @throws Fault `usage` for bad arguments, see {@link badUsage}; any other Fault is told
   *   to whoever typed the command, in one line.
   */
  run(args: readonly string[]): Promise<void>;
}

/** Arguments that make no sense: the words are shown with the command's usage. */
export function badUsage(words: string): Fault {
  return new Fault('usage', words);
}

/** Whether `parseArgs` of node:util, or a command, found the arguments wrong. */
export function isBadUsage(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'usage' || String(error.code).startsWith('ERR_PARSE_ARGS_');
}
