import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listSecondTries, listSkips, readPlaywright, readVitest, sumUp } from '../../build/check-results.mjs';

function withFile<T>(content: string, use: (file: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'results-'));
  try {
    const file = path.join(folder, 'report.json');
    fs.writeFileSync(file, content);
    return use(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('a test file that does not load counts as a failure', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(withFile(JSON.stringify(report), readVitest)).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

test('a browser test that passed at the second try counts as passed, an error outside of tests as failed', () => {
  const report = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{ message: 'no such file' }] };
  expect(withFile(JSON.stringify(report), readPlaywright)).toEqual({ passed: 5, failed: 3, skipped: 3 });
});

test('what was not run is named with its reason', () => {
  const skip = (description?: string) => ({
    tests: [{ status: 'skipped', annotations: [{ type: 'skip', ...(description ? { description } : {}) }] }],
  });
  const report = {
    suites: [
      {
        specs: [{ tests: [{ status: 'expected', annotations: [] }] }],
        suites: [{ specs: [skip('no Electron'), skip('no Electron'), skip('no display')] }],
      },
      { specs: [skip()] },
    ],
  };
  expect(withFile(JSON.stringify(report), listSkips)).toEqual([
    '2 not run: no Electron',
    '1 not run: no display',
    '1 not run: no reason given',
  ]);
  expect(listSkips('/nowhere/report.json')).toEqual([]);
});

test('what passed only when it was tried again is named', () => {
  const units = {
    testResults: [
      {
        assertionResults: [
          { status: 'passed', fullName: 'once', failureMessages: [] },
          { status: 'passed', fullName: 'twice', failureMessages: ['Error: held'] },
          { status: 'failed', fullName: 'never', failureMessages: ['Error: held', 'Error: held'] },
        ],
      },
    ],
  };
  const told = ['failed once, passed when tried again: twice'];
  expect(withFile(JSON.stringify(units), listSecondTries)).toEqual(told);
  const pages = {
    suites: [
      {
        specs: [
          { title: 'twice', tests: [{ status: 'flaky' }] },
          { title: 'once', tests: [{ status: 'expected' }] },
        ],
      },
    ],
  };
  expect(withFile(JSON.stringify(pages), listSecondTries)).toEqual(told);
  expect(listSecondTries('/nowhere/report.json')).toEqual([]);
});

test('a missing or broken report is no result', () => {
  expect(readVitest('/nowhere/report.json')).toBeNull();
  expect(withFile('{"numPassed', readVitest)).toBeNull();
  expect(withFile('{}', readPlaywright)).toBeNull();
});

const counts = (passed: number, failed: number) => ({ passed, failed, skipped: 0 });

test('a check that failed without a failed test is counted', () => {
  expect(
    sumUp([
      { ok: false, counts: null },
      { ok: true, counts: counts(10, 0) },
      { ok: false, counts: counts(3, 2) },
      { ok: false, counts: counts(1, 0) },
    ]),
  ).toEqual({ passed: 14, failed: 4 });
});
