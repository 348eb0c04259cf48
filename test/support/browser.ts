import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from './chromium.ts';

export interface RealBrowser {
  readonly context: BrowserContext;
  /** Kills every process of it at once, as a battery that falls out does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Kept from one start to the next: IndexedDB, caches, service workers. */
  readonly profile: string;
  /** A Y4M clip that the fake camera loops; read again each time the camera is opened. */
  readonly camera?: string | undefined;
  readonly language?: 'zh-CN' | 'en';
  /** What the person says when the page asks for the camera. */
  readonly answer?: 'allow' | 'deny';
  /** Of Chromium, such as `WebBluetooth`. */
  readonly features?: readonly string[];
}

/** A Chromium of our own, with a profile on the disk and processes that can be killed. */
export async function startBrowser(options: BrowserOptions): Promise<RealBrowser> {
  const { profile, camera, language = 'zh-CN', answer = 'allow', features = [] } = options;
  mkdirSync(profile, { recursive: true });
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(
    chromiumPath(),
    [
      ...chromiumArgs,
      '--headless=new',
      '--remote-debugging-port=0',
      '--window-size=360,640',
      '--hide-crash-restore-bubble',
      `--user-data-dir=${profile}`,
      `--lang=${language}`,
      `--accept-lang=${language}`,
      ...(camera
        ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`]
        : []),
      ...(features.length > 0 ? [`--enable-features=${features.join(',')}`] : []),
      answer === 'allow' ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
      'about:blank',
    ],
    // A process group of its own, so that a kill reaches all of it.
    { detached: true, stdio: 'ignore' },
  );
  const browser = await attach(child, portFile);
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium started without a default context');
  return {
    context,
    async kill() {
      killGroup(child);
      await exited(child);
      await browser.close();
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
      await Promise.race([exited(child), pause(5000)]);
      killGroup(child);
      await browser.close();
    },
  };
}

async function attach(child: ChildProcess, portFile: string): Promise<Browser> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`Chromium ended with ${child.exitCode}`);
    const [port] = existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n') : [];
    if (port) return chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    await pause(100);
  }
  killGroup(child);
  throw new Error('Chromium did not start within 30 s');
}

function exited(child: ChildProcess): Promise<unknown> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it is gone already.
  }
}
