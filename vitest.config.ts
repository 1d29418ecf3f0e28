import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Many tests wait for a database or a process more than they compute, so two share even a small machine well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A test may start a database of its own; on two busy cores that takes some seconds.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
