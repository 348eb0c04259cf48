import { useState } from 'preact/hooks';
import type { Headquarters } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { keepKey } from '../key.ts';

export function KeyForm({ headquarters }: { headquarters: Headquarters }) {
  const [key, setKey] = useState('');
  const { label, submit } = words.value.key;
  return (
    <form
      class="panel key-form"
      onSubmit={(event) => {
        event.preventDefault();
        keepKey(key.trim());
        void headquarters.openWith(key.trim());
      }}
    >
      <label>
        {label}
        <input
          type="password"
          autocomplete="off"
          required
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary">
        {submit}
      </button>
    </form>
  );
}
