import { useState } from 'preact/hooks';
import type { Policy } from '../../core/documents/policy.ts';
import { words } from '../i18n/language.ts';
import { fromField, toField } from '../policy-draft.ts';

type Opening = Policy['passage']['opensAt'];

/** When green may pass: a time, or not yet. */
export function OpeningField(props: {
  name: string;
  label: string;
  value: Opening;
  onChange: (value: Opening) => void;
}) {
  const { name, label, value, onChange } = props;
  const { notYet, now } = words.value.notice;
  return (
    <div class="opening">
      <label>
        {label}
        <input
          name={name}
          type="datetime-local"
          value={value === null ? '' : toField(value)}
          onChange={({ currentTarget }) => onChange(fromField(currentTarget.value) ?? null)}
        />
      </label>
      {value === null && <span class="problem">{notYet}</span>}
      <button
        type="button"
        class="button small"
        data-open-now={name}
        onClick={() => onChange(Math.floor(Date.now() / 60_000) * 60)}
      >
        {now}
      </button>
      {value !== null && (
        <button type="button" class="button small" data-close={name} onClick={() => onChange(null)}>
          {notYet}
        </button>
      )}
    </div>
  );
}

/** Areas with a time of their own, by prefix of GB/T 2260. */
export function AreaFields(props: {
  areas: Policy['passage']['areas'];
  isWrong: boolean;
  onChange: (areas: Policy['passage']['areas']) => void;
}) {
  const { areas, isWrong, onChange } = props;
  const [prefix, setPrefix] = useState('');
  const { field, areaPrefix, addArea, removeArea } = words.value.notice;
  const add = () => {
    onChange({ ...areas, [prefix]: null });
    setPrefix('');
  };
  return (
    <fieldset class="areas">
      <legend>{field['passage.areas']}</legend>
      {Object.entries(areas).map(([area, opensAt]) => (
        <div key={area} class="opening">
          <OpeningField
            name={`passage.areas.${area}`}
            label={area}
            value={opensAt}
            onChange={(next) => onChange({ ...areas, [area]: next })}
          />
          <button
            type="button"
            class="button small"
            onClick={() => {
              const { [area]: _, ...others } = areas;
              onChange(others);
            }}
          >
            {removeArea(area)}
          </button>
        </div>
      ))}
      <div class="opening">
        <label>
          {areaPrefix}
          <input
            name="passage.area"
            inputMode="numeric"
            maxLength={6}
            aria-invalid={isWrong}
            value={prefix}
            onInput={({ currentTarget }) => setPrefix(currentTarget.value)}
          />
        </label>
        <button
          type="button"
          class="button small"
          data-add-area
          disabled={!/^\d{2,6}$/.test(prefix) || prefix in areas}
          onClick={add}
        >
          {addArea}
        </button>
      </div>
    </fieldset>
  );
}
