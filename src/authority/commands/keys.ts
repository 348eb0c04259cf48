import { parseArgs } from 'node:util';
import { systemClock } from '../log.ts';
import { badUsage, type Command } from './command.ts';
import { make, retire, rotate } from './keys/change.ts';
import { list } from './keys/list.ts';
import { makeRoot, rotateRoot } from './keys/root.ts';
import { install, prepare, sign } from './keys/trust.ts';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  passphrase: { type: 'boolean' },
  root: { type: 'string' },
  out: { type: 'string' },
  key: { type: 'string' },
} as const;
type Option = keyof typeof OPTIONS;
type Values = ReturnType<typeof parse>['values'];

interface Verb {
  readonly usage: string;
  /** What stands after the verb, without the options. */
  readonly operands: number;
  readonly options: readonly Option[];
  run(operands: readonly string[], values: Values, now: number): Promise<void>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'list',
    operands: 0,
    options: [],
    run: (_, __, now) => list(now),
  },
  make: {
    usage: 'make ROLE [--from TIME]',
    operands: 1,
    options: ['from'],
    run: ([role = ''], { from }, now) => make(role, from, now),
  },
  rotate: {
    usage: 'rotate ROLE [--from TIME]',
    operands: 1,
    options: ['from'],
    run: ([role = ''], { from }, now) => rotate(role, from, now),
  },
  retire: {
    usage: 'retire KID',
    operands: 1,
    options: [],
    run: ([kid = ''], _, now) => retire(kid, now),
  },
  'root make': {
    usage: 'root make --threshold M --to FILE --to FILE … --out ROOT [--passphrase]',
    operands: 0,
    options: ['threshold', 'to', 'out', 'passphrase'],
    run: (_, { threshold, to = [], out, passphrase = false }, now) =>
      makeRoot(
        { to, threshold: Number(threshold), out: needed(out, 'out'), hasPassphrase: passphrase },
        now,
      ),
  },
  'root rotate': {
    usage: 'root rotate',
    operands: 0,
    options: [],
    run: (_, __, now) => rotateRoot(now),
  },
  'residents rotate': {
    usage: 'residents rotate',
    operands: 0,
    options: [],
    // The one of these that works on a database.
    run: async () => (await import('./keys/residents.ts')).rotateResidents(),
  },
  'trust prepare': {
    usage: 'trust prepare --out TRUST [--root ROOT]',
    operands: 0,
    options: ['out', 'root'],
    run: (_, { out, root }, now) => prepare(needed(out, 'out'), root, now),
  },
  'trust sign': {
    usage: 'trust sign --key FILE TRUST',
    operands: 1,
    options: ['key'],
    run: ([file = ''], { key }) => sign(file, needed(key, 'key')),
  },
  'trust install': {
    usage: 'trust install TRUST',
    operands: 1,
    options: [],
    run: ([file = ''], _, now) => install(file, now),
  },
};

/** Makes, rotates and retires keys, and brings root keys to sign offline. */
export const keys: Command = {
  usage: Object.values(VERBS).map(({ usage }) => `keys ${usage}`),
  async run(args) {
    const { values, positionals } = parse(args);
    const [first = '', second = ''] = positionals;
    const name = [`${first} ${second}`, first].find((one) => Object.hasOwn(VERBS, one)) ?? '';
    const verb = VERBS[name];
    if (!verb) throw badUsage(`There is no "keys ${positionals.join(' ')}".`);
    const operands = positionals.slice(name.split(' ').length);
    const strange = Object.keys(values).find((one) => !verb.options.some((known) => known === one));
    if (strange) throw badUsage(`"keys ${name}" takes no --${strange}.`);
    if (operands.length !== verb.operands) throw badUsage(`Call it so: keys ${verb.usage}`);
    await verb.run(operands, values, systemClock());
  },
};

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function needed(value: string | undefined, option: Option): string {
  if (value !== undefined) return value;
  throw badUsage(`--${option} is missing.`);
}
