import { useEffect, useState } from 'preact/hooks';
import { lazyWords } from '../i18n/lazy/index.ts';

/** Whether the browser may clear what this device keeps when it is short of space. */
export function Persistence() {
  const { persistence } = lazyWords.value;
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
        <b>{persistence.storage}</b>
        <span class={persisted ? '' : 'warning'}>
          {persisted ? persistence.persisted : persistence.notPersisted}
        </span>
      </p>
      {!persisted && (
        <button type="button" onClick={ask}>
          {persistence.askToPersist}
        </button>
      )}
      {!persisted && asked && <p class="hint">{persistence.persistRefused}</p>}
    </>
  );
}
