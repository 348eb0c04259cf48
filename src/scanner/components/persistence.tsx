import { useEffect, useState } from 'preact/hooks';
import { words } from '../i18n/index.ts';

/** Whether the browser may clear what this device keeps when it is short of space. */
export function Persistence() {
  const { disk } = words.value;
  const [persisted, setPersisted] = useState<boolean>();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    navigator.storage?.persisted?.().then(setPersisted);
  }, []);

  const ask = async () => {
    setPersisted(await navigator.storage.persist());
    setAsked(true);
  };
  if (persisted === undefined) return null;
  return (
    <>
      <p class="row" data-persisted={persisted}>
        <b>{disk.storage}</b>
        <span class={persisted ? '' : 'warning'}>
          {persisted ? disk.persisted : disk.notPersisted}
        </span>
      </p>
      {!persisted && (
        <button type="button" onClick={ask}>
          {disk.askToPersist}
        </button>
      )}
      {!persisted && asked && <p class="hint">{disk.persistRefused}</p>}
    </>
  );
}
