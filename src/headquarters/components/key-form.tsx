import type { Headquarters } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { keepKey } from '../key.ts';

export function KeyForm({ headquarters }: { headquarters: Headquarters }) {
  const { label, submit } = words.value.key;
  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        const key = String(new FormData(event.currentTarget).get('key')).trim();
        keepKey(key);
        void headquarters.openWith(key);
      }}
    >
      <label>
        {label}
        <input name="key" type="password" autocomplete="off" required pattern=".*\S.*" />
      </label>
      <button type="submit" class="button primary">
        {submit}
      </button>
    </form>
  );
}
