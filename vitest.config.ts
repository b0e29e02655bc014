import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    pool: 'threads',
    maxWorkers: '100%',
    // Files share the modules of their worker: loading them anew for each took 40 % of the processor time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
