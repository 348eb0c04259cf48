import { parseArgs } from 'node:util';
import { startAuthority } from '../start/authority.ts';
import { readConfig } from '../start/config.ts';
import { runService } from '../start/run-service.ts';
import type { Command } from './command.ts';

/** Everything but the opener: it stores sealed records, and holds no key that opens them. */
export const front: Command = {
  usage: ['front'],
  run(args) {
    parseArgs({ args: [...args] });
    return runService(async (closers, around) => {
      const config = readConfig(process.env);
      const { publicOrigin } = await startAuthority(config, closers, around, { opens: false });
      console.log(`Kakou 卡口 takes records at ${publicOrigin}. Ctrl-C stops it.`);
    });
  },
};
