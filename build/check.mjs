/**
 * All checks, one line each: `npm test`, or `npm run check` without the browser tests (`--fast`).
 * Other arguments go to Vitest, for example a folder: `npm run check -- test/core/store`.
 * The last line is `N passed, N failed`; the exit status is 0 only when every check is well.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listSecondTries, listSkips, readPlaywright, readVitest, sumUp } from './check-results.mjs';
import { getScriptsNode } from './find-node.mjs';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const node = getScriptsNode(root);
const FOLDERS = ['electron', 'renderer', 'build', 'test'];
/** A check that takes longer hangs. */
const LIMIT_MS = 1_500_000;

/** The script of a package's command, so that no shell and no .cmd file is needed. */
function getTool(name, command = name) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

function listChecks(temp, vitestArgs, isFast) {
  const vitestReport = path.join(temp, 'vitest.json');
  const checks = [
    { name: 'format', args: [getTool('oxfmt'), '--check', ...FOLDERS] },
    { name: 'lint', args: [getTool('oxlint'), '--type-aware', '--deny-warnings', ...FOLDERS] },
    { name: 'types', args: [getTool('typescript', 'tsc'), '-b'] },
    {
      name: 'unit tests',
      args: [
        getTool('vitest'),
        'run',
        '--config=build/vitest.config.ts',
        // Disks, clocks and processes of a busy machine; what needed it is told.
        '--retry=1',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
        ...vitestArgs,
      ],
      count: () => readVitest(vitestReport),
      remarks: () => listSecondTries(vitestReport),
    },
    // Pages share the two processors; whole kiosks are measured by the clock and have them alone.
    listBrowserTests('browser tests of pages', 'pages', temp),
    listBrowserTests('browser tests of kiosks', 'kiosks', temp),
  ];
  return isFast ? checks.filter((c) => !c.name.startsWith('browser tests')) : checks;
}

function listBrowserTests(name, project, temp) {
  const report = path.join(temp, `${project}.json`);
  return {
    name,
    args: [
      getTool('@playwright/test', 'playwright'),
      'test',
      '--config=build/playwright.config.ts',
      `--project=${project}`,
      '--retries=1',
      '--reporter=list,json',
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: () => readPlaywright(report),
    remarks: () => [...listSecondTries(report), ...listSkips(report)],
  };
}

function run(args, env) {
  return new Promise((resolve) => {
    // Tools that ask for `node` must get this one, not the older one of the system.
    const searched = [path.dirname(node), process.env.PATH].join(path.delimiter);
    const child = spawn(node, args, { cwd: root, env: { ...process.env, PATH: searched, ...env } });
    const output = [];
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.stdout.on('data', (part) => output.push(part));
    child.stderr.on('data', (part) => output.push(part));
    child.on('close', (status) => {
      clearTimeout(timer);
      const late = isLate ? `\nended after ${LIMIT_MS / 1000} s\n` : '';
      resolve({ status, output: Buffer.concat(output).toString('utf8') + late });
    });
  });
}

async function runCheck({ name, args, env = {}, count, remarks }) {
  const startedAt = performance.now();
  const { status, output } = await run(args, env);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const counts = count?.() ?? null;
  // Without a report nobody knows what ran, and a reported failure is one whatever the status says.
  const ok = status === 0 && (!count || counts !== null) && !counts?.failed;
  const skipped = counts?.skipped ? `, ${counts.skipped} skipped` : '';
  const facts = counts ? ` (${counts.passed} passed, ${counts.failed} failed${skipped})` : '';
  if (!ok) console.log(output.trimEnd());
  console.log(`${ok ? '✓' : '✗'} ${name}: ${seconds} s${facts}`);
  // What was not looked at is said as loudly as what was.
  for (const line of remarks?.() ?? []) console.log(`  ! ${line}`);
  return { name, ok, counts };
}

const given = process.argv.slice(2);
const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-check-'));
try {
  const outcomes = [];
  const isFast = given.includes('--fast');
  for (const check of listChecks(
    temp,
    given.filter((a) => a !== '--fast'),
    isFast,
  ))
    outcomes.push(await runCheck(check));
  const wrong = outcomes.filter((o) => !o.ok).map((o) => o.name);
  const { passed, failed } = sumUp(outcomes);
  console.log(wrong.length === 0 ? 'all checks are well' : `not well: ${wrong.join(', ')}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  fs.rmSync(temp, { recursive: true, force: true });
}
