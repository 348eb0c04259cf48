// `node test/bench/run.mjs NAME`: the bench in the folder of that name.
import { runnerImport } from 'vite';

const BENCHES = {
  scan: 'benchScan',
  verify: 'benchVerify',
  sync: 'benchSync',
  status: 'benchStatus',
  town: 'benchTown',
  lane: 'benchLane',
};

const [name = 'scan'] = process.argv.slice(2);
// Node of the oldest version that the project supports runs no TypeScript by itself.
const { module } = await runnerImport(`./test/bench/${name}/main.ts`);
await module[BENCHES[name]]();
