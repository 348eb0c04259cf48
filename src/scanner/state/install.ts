import { signal } from '@preact/signals';

/** Chromium's, in no standard yet: a browser's offer to install the app, which counts once. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Installs the app, once the browser has offered it; undefined: it has not, or it is over. */
export const install = signal<(() => void) | undefined>(undefined);

/** Browsers make their offer whenever they like, in the middle of a scan: it waits for a tap. */
export function holdInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    if (!isOffer(event)) return;
    event.preventDefault();
    install.value = () => {
      install.value = undefined;
      void event.prompt().catch(() => {});
    };
  });
  window.addEventListener('appinstalled', () => (install.value = undefined));
}

function isOffer(event: Event): event is InstallOffer {
  return 'prompt' in event;
}
