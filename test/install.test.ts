import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'on Node %s nothing is installed, and the versions that work are named',
  (version) => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });
      Object.defineProperty(process, 'version', { value: 'v${version}' });`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'install.mjs'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Kakou needs Node 20.19 or a later 20, or else 22.12 or newer (so not 21); this is v${version}.\n`,
    );
  },
);
