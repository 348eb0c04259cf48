export type Fact = readonly [label: string, value: string, remark?: string];

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([label, value, remark]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {remark && <small>{remark}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
