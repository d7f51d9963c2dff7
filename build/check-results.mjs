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

/** The tests of a Playwright report with their titles. */
function listPlaywrightTests(suite) {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) => (tests ?? []).map((test) => ({ ...test, title })));
  return [...(suite.suites ?? []).flatMap(listPlaywrightTests), ...own];
}

/** Why Playwright's tests did not run, one line for each reason with the number of its tests. */
export function listSkips(file) {
  const reasons = new Map();
  for (const { status, annotations = [] } of listPlaywrightTests(readJson(file) ?? {})) {
    if (status !== 'skipped') continue;
    const reason = annotations.find((a) => a.type === 'skip' || a.type === 'fixme')?.description ?? 'no reason given';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => `${count} not run: ${reason}`);
}

/** Tests of either report that failed once and passed when they were tried again, a line each. */
export function listSecondTries(file) {
  const report = readJson(file) ?? {};
  const units = (report.testResults ?? []).flatMap((each) => each.assertionResults);
  const again = units.filter((test) => test.status === 'passed' && test.failureMessages?.length > 0);
  const pages = listPlaywrightTests(report).filter((test) => test.status === 'flaky');
  return [...again.map((test) => test.fullName), ...pages.map((test) => test.title)].map(
    (name) => `failed once, passed when tried again: ${name}`,
  );
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
