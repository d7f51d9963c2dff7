import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    // Most tests wait for a disk, a clock or a process. Vitest alone would take one worker on two processors.
    maxWorkers: Math.max(2, os.availableParallelism() - 1),
    // Printed by `npm run coverage`: the rooms whose rules decide what is counted.
    coverage: {
      provider: 'v8',
      include: ['electron/core/{sitting,attendance,store}/**/*.ts'],
      reporter: ['text'],
      // A test that failed for another reason leaves the figures true.
      reportOnFailure: true,
      reportsDirectory: path.resolve(import.meta.dirname, '../dist/coverage'),
    },
  },
});
