import type { ComponentChildren } from 'preact';
import type { Policy } from '../../core/documents/policy.ts';
import { HOUR } from '../../core/time.ts';
import { words } from '../i18n/language.ts';
import { AreaFields, OpeningField } from './passage-fields.tsx';

interface Props {
  readonly draft: Policy;
  /** Paths of the fields that are wrong. */
  readonly faults: readonly string[];
  readonly onChange: (next: Policy) => void;
}

/** A form for every rule of the policy, in the units in which people think of it. */
export function PolicyFields({ draft, faults, onChange }: Props) {
  const { groups, field, site, noCode } = words.value.notice;
  const change = (changes: Partial<Policy>) => onChange({ ...draft, ...changes });
  const number = (
    name: keyof typeof field,
    value: number,
    unit: number,
    set: (value: number) => Partial<Policy>,
  ) => (
    <NumberField
      name={name}
      value={value}
      unit={unit}
      isWrong={faults.includes(name)}
      onChange={(next) => change(set(next))}
    />
  );
  const { passage, validity, fever, plausible, freshness } = draft;
  const limits = (source: keyof Policy['freshness'], step: 'amber' | 'refuse') =>
    number(`freshness.${source}.${step}`, freshness[source][step], HOUR, (value) => ({
      freshness: { ...freshness, [source]: { ...freshness[source], [step]: value } },
    }));
  return (
    <form class="policy" onSubmit={(event) => event.preventDefault()}>
      <Group heading={groups.passage}>
        <OpeningField
          name="passage.opensAt"
          label={field['passage.opensAt']}
          value={passage.opensAt}
          onChange={(opensAt) => change({ passage: { ...passage, opensAt } })}
        />
        <AreaFields
          areas={passage.areas}
          isWrong={faults.includes('passage.areas')}
          onChange={(areas) => change({ passage: { ...passage, areas } })}
        />
      </Group>
      <Group heading={groups.fever}>
        {number('fever.threshold', fever.threshold, 10, (threshold) => ({
          fever: { ...fever, threshold },
        }))}
        <Check
          name="fever.inclusive"
          value={fever.inclusive}
          onChange={(inclusive) => change({ fever: { ...fever, inclusive } })}
        />
        <Choice
          name="fever.site"
          value={fever.site}
          options={site}
          onChange={(chosen) => change({ fever: { ...fever, site: chosen } })}
        />
        {number('fever.remeasureAfter', fever.remeasureAfter, 1, (remeasureAfter) => ({
          fever: { ...fever, remeasureAfter },
        }))}
        {number('plausible.min', plausible.min, 10, (min) => ({
          plausible: { ...plausible, min },
        }))}
        {number('plausible.max', plausible.max, 10, (max) => ({
          plausible: { ...plausible, max },
        }))}
      </Group>
      <Group heading={groups.validity}>
        {number('validity.live', validity.live, HOUR, (live) => ({
          validity: { ...validity, live },
        }))}
        {number('validity.printed', validity.printed, HOUR, (printed) => ({
          validity: { ...validity, printed },
        }))}
        {number('proofWindow', draft.proofWindow, 1, (proofWindow) => ({ proofWindow }))}
      </Group>
      <Group heading={groups.rules}>
        <Choice
          name="noCode.resident-id"
          value={draft.noCode['resident-id']}
          options={noCode}
          onChange={(chosen) => change({ noCode: { ...draft.noCode, 'resident-id': chosen } })}
        />
        <Choice
          name="noCode.certificate"
          value={draft.noCode.certificate}
          options={noCode}
          onChange={(chosen) => change({ noCode: { ...draft.noCode, certificate: chosen } })}
        />
        <Check
          name="identityCheck"
          value={draft.identityCheck}
          onChange={(identityCheck) => change({ identityCheck })}
        />
        {number('repeatWithin', draft.repeatWithin, 60, (repeatWithin) => ({ repeatWithin }))}
      </Group>
      <Group heading={groups.freshness}>
        {limits('trust', 'amber')}
        {limits('trust', 'refuse')}
        {limits('bulletin', 'amber')}
        {limits('bulletin', 'refuse')}
        {limits('status', 'amber')}
        {limits('status', 'refuse')}
      </Group>
    </form>
  );
}

function Group({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{heading}</legend>
      <div class="pairs">{children}</div>
    </fieldset>
  );
}

type Field = keyof typeof words.value.notice.field;

function NumberField(props: {
  name: Field;
  value: number;
  /** So many of what the policy counts in are one of what the form shows. */
  unit: number;
  isWrong: boolean;
  onChange: (value: number) => void;
}) {
  const { name, value, unit, isWrong, onChange } = props;
  return (
    <label>
      {words.value.notice.field[name]}
      <input
        name={name}
        type="number"
        step={unit === 10 ? 0.1 : 'any'}
        min={0}
        aria-invalid={isWrong}
        // What is typed stays as it is typed: a number that is rewritten jumps under the cursor.
        defaultValue={String(value / unit)}
        onInput={({ currentTarget }) =>
          // Nothing at all is no number, which the policy then says.
          onChange(Math.round(currentTarget.valueAsNumber * unit))
        }
      />
    </label>
  );
}

function Check(props: { name: Field; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        name={props.name}
        checked={props.value}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
      {words.value.notice.field[props.name]}
    </label>
  );
}

function Choice<Option extends string>(props: {
  name: Field;
  value: Option;
  options: Readonly<Record<Option, string>>;
  onChange: (value: Option) => void;
}) {
  const { name, value, options, onChange } = props;
  const all = Object.keys(options).filter((one): one is Option => one in options);
  return (
    <label>
      {words.value.notice.field[name]}
      <select
        name={name}
        value={value}
        onChange={({ currentTarget }) =>
          onChange(all.find((one) => one === currentTarget.value) ?? value)
        }
      >
        {all.map((one) => (
          <option key={one} value={one}>
            {options[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
