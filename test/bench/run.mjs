import { runnerImport } from 'vite';

// Node of the oldest version that the project supports runs no TypeScript by itself.
const { module } = await runnerImport('./test/bench/scan/main.ts');
await module.benchScan();
