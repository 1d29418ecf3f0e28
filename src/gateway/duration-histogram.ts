/**
 * A histogram of durations without labels. prom-client's own takes a microsecond and a half for each observation, a good part of what a
 * statement costs here; this one adds to numbers, and makes text when somebody asks.
 */
import type { Histogram } from 'prom-client';

type Exported = Omit<Awaited<ReturnType<Histogram['get']>>, 'collect'>;

/** What a registry asks of the metrics that are registered with it. */
interface Exportable {
  readonly name: string;
  get(): Promise<Exported>;
}

export interface DurationHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds in seconds, ascending. */
  readonly buckets: readonly number[];
}

export class DurationHistogram implements Exportable {
  readonly name: string;
  readonly #help: string;
  readonly #bounds: Float64Array;
  /** How many fell between the bound before and this one; the last counts what is above all bounds. */
  readonly #counts: Float64Array;
  #sum = 0;

  constructor({ name, help, buckets }: DurationHistogramOptions) {
    this.name = name;
    this.#help = help;
    this.#bounds = Float64Array.from(buckets);
    this.#counts = new Float64Array(buckets.length + 1);
  }

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && seconds > (this.#bounds[bucket] ?? 0)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
  }

  async get(): Promise<Exported> {
    const values: Exported['values'] = [];
    let count = 0;
    this.#counts.forEach((inBucket, bucket) => {
      count += inBucket;
      const le = this.#bounds[bucket] ?? '+Inf';
      values.push({ metricName: `${this.name}_bucket`, labels: { le }, value: count });
    });
    values.push({ metricName: `${this.name}_sum`, labels: {}, value: this.#sum });
    values.push({ metricName: `${this.name}_count`, labels: {}, value: count });
    // The type of `type` is an enumeration of numbers; what prom-client's own histograms say is this word.
    const type = 'histogram' as unknown as Exported['type'];
    return { name: this.name, help: this.#help, type, aggregator: 'sum', values };
  }

  /** A registry takes whatever can be exported; its type names the four classes that prom-client has. */
  registered(register: (metric: Histogram) => void): this {
    register(this as unknown as Histogram);
    return this;
  }
}
