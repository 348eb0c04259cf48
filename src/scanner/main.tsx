import './style.css';
import { render } from 'preact';
import { allowScripts } from '../core/allow-scripts.ts';
import { beginFreshLog } from '../device/fresh-log.ts';
import { openStore } from '../device/store.ts';
import { AppView } from './app.tsx';
import { expectCamera } from './capture/camera.ts';
import { language, loadLanguage, words } from './i18n/index.ts';
import { NoStorage } from './pages/no-storage.tsx';
import { createApp } from './state/app.ts';
import { holdInstallOffer } from './state/install.ts';
import { route } from './state/route.ts';
import { registerServiceWorker } from './state/update.ts';

allowScripts(window, /^\/(sw\.js|assets\/worker-[\w-]+\.js)$/);

const root = document.getElementById('app');
if (root) start(root);

holdInstallOffer();

async function start(element: HTMLElement): Promise<void> {
  // Without one there is neither a camera nor any cryptography.
  if (!window.isSecureContext) {
    element.textContent = words.value.insecure;
    return;
  }
  try {
    const app = await createApp(await openStore());
    const { enrolment } = app.station.holdings.value;
    if (enrolment && route.value === '/' && !document.hidden) {
      expectCamera({ deviceId: app.choices.camera.value || undefined });
    }
    // Before anybody can be judged; a disk that refuses it says so with the first record.
    beginFreshLog().catch(() => {});
    await loadLanguage(language.value).catch(() => {});
    render(<AppView app={app} />, element);
    registerServiceWorker(app.atRest);
  } catch (fault) {
    // Nothing can be kept here, such as in some private windows: say so, not nothing.
    reportError(fault);
    render(<NoStorage />, element);
  }
}
