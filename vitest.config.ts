import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // A test may start a database of its own; on two busy cores that takes some seconds.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
