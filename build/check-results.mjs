import fs from 'node:fs';

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Counts of a Vitest JSON report; null when there is none, which is what a crash leaves. A file that did not load is one failure. */
export function readVitest(file) {
  const report = readJson(file);
  if (typeof report?.numPassedTests !== 'number') return null;
  const broken = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.every((t) => t.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** Counts of a Playwright JSON report; null when there is none. Errors outside of tests are failures too. */
export function readPlaywright(file) {
  const report = readJson(file);
  if (typeof report?.stats?.expected !== 'number') return null;
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

/** Why Playwright's tests did not run, one line for each reason with the number of its tests. */
export function listSkips(file) {
  const reasons = new Map();
  const walk = (suite) => {
    for (const inner of suite.suites ?? []) walk(inner);
    for (const { status, annotations = [] } of (suite.specs ?? []).flatMap((spec) => spec.tests ?? [])) {
      if (status !== 'skipped') continue;
      const reason = annotations.find((a) => a.type === 'skip' || a.type === 'fixme')?.description ?? 'no reason given';
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  };
  walk(readJson(file) ?? {});
  return [...reasons].map(([reason, count]) => `${count} not run: ${reason}`);
}

/**
 * Adds up the steps. A step that failed without naming a failed test (lint, a crash) counts as one failure,
 * so that the last line never says 0 failed when the check did.
 */
export function sumUp(outcomes) {
  const sum = (field) => outcomes.reduce((total, o) => total + (o.counts?.[field] ?? 0), 0);
  const silent = outcomes.filter((o) => !o.ok && !o.counts?.failed).length;
  return { passed: sum('passed'), failed: sum('failed') + silent };
}
