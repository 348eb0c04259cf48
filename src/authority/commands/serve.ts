import { parseArgs } from 'node:util';
import { systemClock } from '../log.ts';
import { announce } from '../start/announce.ts';
import { startAuthority } from '../start/authority.ts';
import { readConfig } from '../start/config.ts';
import { runService } from '../start/run-service.ts';
import type { Command } from './command.ts';

/** Everything on one port, until it is stopped. */
export const serve: Command = {
  usage: ['serve'],
  run(args) {
    parseArgs({ args: [...args] });
    return runService(async (closers, around) => {
      const authority = await startAuthority(readConfig(process.env), closers, around);
      console.log(await announce(authority, systemClock(), process.stdout.isTTY));
    });
  },
};
