import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { DurationHistogram } from '../../src/gateway/duration-histogram.ts';

const OPTIONS = { name: 'unit_seconds', help: 'How long', buckets: [0.001, 0.01, 0.1, 1] };

it('durations are told to Prometheus as its own client tells them', async () => {
  const [own, theirs] = [new Registry(), new Registry()];
  const histogram = new DurationHistogram(OPTIONS).registered((metric) => own.registerMetric(metric));
  const reference = new Histogram({ ...OPTIONS, registers: [theirs] });
  expect(await own.metrics()).toBe(await theirs.metrics());
  // At, between and above the bounds.
  for (const seconds of [0, 0.0005, 0.001, 0.0011, 0.01, 0.02, 0.1, 0.5, 1, 1.5, 100]) {
    histogram.observe(seconds);
    reference.observe(seconds);
    expect(await own.metrics()).toBe(await theirs.metrics());
  }
});
