type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** Only goes up. */
export interface Counter<Name extends string = never> {
  add(by: number, labels: Labels<Name>): void;
}

/** How often something took how long. */
export interface Histogram {
  observe(seconds: number): void;
}

/** Values that are looked up when somebody asks. */
type ReadGauges = () => Promise<Readonly<Record<string, number>>>;

/** Upper bounds, seconds: what a person waits for, and what a timeout ends. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** What this process counts, as Prometheus reads it: text exposition format 0.0.4. */
export class Metrics {
  readonly #parts: (() => string[] | Promise<string[]>)[] = [];

  counter<Name extends string = never>(name: string, help: string): Counter<Name> {
    const values = new Map<string, number>();
    this.#parts.push(() => [
      ...describe(name, help, 'counter'),
      ...[...values].map(([labels, value]) => `${name}${labels} ${value}`),
    ]);
    return {
      add(by, labels) {
        const key = written(labels);
        values.set(key, (values.get(key) ?? 0) + by);
      },
    };
  }

  histogram(name: string, help: string): Histogram {
    const counts = BUCKETS.map(() => 0);
    let [count, sum] = [0, 0];
    this.#parts.push(() => [
      ...describe(name, help, 'histogram'),
      ...BUCKETS.map((bound, i) => `${name}_bucket{le="${bound}"} ${counts[i]}`),
      `${name}_bucket{le="+Inf"} ${count}`,
      `${name}_sum ${sum}`,
      `${name}_count ${count}`,
    ]);
    return {
      observe(seconds) {
        count++;
        sum += seconds;
        for (const [i, bound] of BUCKETS.entries()) {
          if (seconds <= bound) counts[i] = (counts[i] ?? 0) + 1;
        }
      },
    };
  }

  /** @param help by the name of the gauge. */
  gauges(help: Readonly<Record<string, string>>, read: ReadGauges): void {
    this.#parts.push(async () =>
      Object.entries(await read()).flatMap(([name, value]) => [
        ...describe(name, help[name] ?? '', 'gauge'),
        `${name} ${value}`,
      ]),
    );
  }

  async render(): Promise<string> {
    const parts = await Promise.all(this.#parts.map((part) => part()));
    return `${parts.flat().join('\n')}\n`;
  }
}

function describe(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

/** Values are our own words, with nothing in them that would have to be escaped. */
function written(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
