import { parseArgs } from 'node:util';
import { readConfig } from '../start/config.ts';
import { startOpener } from '../start/opener.ts';
import { runService } from '../start/run-service.ts';
import type { Command } from './command.ts';

/** The opener alone, with the sealing keys and the database of a front. */
export const opener: Command = {
  usage: ['opener'],
  run(args) {
    parseArgs({ args: [...args] });
    return runService(async (closers, around) => {
      await startOpener(readConfig(process.env), closers, around);
      console.log('Kakou 卡口 opens records. Ctrl-C stops it.');
    });
  },
};
