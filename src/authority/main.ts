import { type Command, isBadUsage } from './commands/command.ts';
import { complain } from './start/run-service.ts';

/** Each is loaded when it is asked for: signing a trust needs no database, and loads none. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  keys: async () => (await import('./commands/keys.ts')).keys,
  front: async () => (await import('./commands/front.ts')).front,
  opener: async () => (await import('./commands/opener.ts')).opener,
};

const CALL = 'npm start -- ';

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});

/** @returns the exit code: 0 done, 1 it cannot be done, 2 it was called wrongly. */
async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || args.includes('--help')) {
    console.log(await usage(name));
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  if (!command) {
    console.error(`Kakou: there is no command "${name}".\n\n${await usage(name)}`);
    return 2;
  }
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    if (!isBadUsage(error)) {
      complain(error);
      return 1;
    }
    console.error(`Kakou: ${error.message}\n\n${await usage(name)}`);
    return 2;
  }
}

/** How a command is called, or, when there is no such command, how each of them is. */
async function usage(name: string): Promise<string> {
  const names = Object.hasOwn(COMMANDS, name) ? [name] : Object.keys(COMMANDS);
  const lines = ['Usage:'];
  for (const one of names) {
    const command = await COMMANDS[one]?.();
    for (const line of command?.usage ?? []) lines.push(`  ${CALL}${line}`);
  }
  return lines.join('\n');
}
