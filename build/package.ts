/**
 * Builds the packages for venues: `npm run package [-- --only deb,setup,zip,electron] [--out FOLDER] [--electron FOLDER]
 * [--json FILE]`. Builds what this computer can, and says in one sentence for each of the others what is missing. Needs no network, except
 * the first time for Windows' Node. Exit status 1 when a package is too large or something went wrong that has no sentence.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildDeb } from './packages/deb.ts';
import { buildElectron } from './packages/electron.ts';
import { ROOT } from './packages/folder.ts';
import { CannotBuild } from './packages/programs.ts';
import { buildSetup, buildZip, layWindowsFolder } from './packages/windows.ts';

const KINDS = ['deb', 'setup', 'zip', 'electron'] as const;
type Kind = (typeof KINDS)[number];
const MB = 1_000_000;
const LIMIT_MB: Partial<Record<Kind, number>> = { deb: 130, setup: 60 };

interface Outcome {
  kind: Kind;
  file: string | null;
  bytes: number | null;
  limitBytes: number | null;
  ok: boolean;
  /** Why it was not built. */
  sentence: string | null;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: KINDS.join(',') },
    out: { type: 'string', default: path.join(ROOT, 'out/packages') },
    electron: { type: 'string' },
    json: { type: 'string' },
  },
});
const out = path.resolve(values.out);
const asked = values.only.split(',');
const strange = asked.filter((name) => !(KINDS as readonly string[]).includes(name));
const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-package-'));
const outcomes: Outcome[] = [];
const inTemp = (name: string) => {
  const folder = path.join(temp, name);
  fs.mkdirSync(folder);
  return folder;
};

async function build(kind: Kind, make: () => Promise<string[]>): Promise<void> {
  if (!asked.includes(kind)) return;
  const limitMb = LIMIT_MB[kind] ?? null;
  const limitBytes = limitMb === null ? null : limitMb * MB;
  try {
    for (const file of await make()) {
      const bytes = fs.statSync(file).size;
      const ok = limitBytes === null || bytes <= limitBytes;
      outcomes.push({ kind, file, bytes, limitBytes, ok, sentence: null });
      const bound = limitMb === null ? '' : ` (at most ${limitMb} MB)`;
      console.log(`${ok ? '✓' : '✗'} ${path.relative(process.cwd(), file)}: ${(bytes / MB).toFixed(1)} MB${bound}`);
    }
  } catch (cause) {
    if (!(cause instanceof CannotBuild)) throw cause;
    outcomes.push({ kind, file: null, bytes: null, limitBytes, ok: true, sentence: cause.message });
    console.log(`– ${kind}: not built: ${cause.message}`);
  }
}

/** Laid once for setup and zip. */
let windows: Promise<string> | null = null;
const windowsFolder = () =>
  (windows ??= (async () => {
    const folder = path.join(inTemp('win'), 'app');
    await layWindowsFolder(folder);
    return folder;
  })());

try {
  if (strange.length > 0) throw new CannotBuild(`--only takes ${KINDS.join(', ')}, not ${strange.join(', ')}.`);
  const electronFolder = values.electron ? path.resolve(values.electron) : null;
  // Each is packed by a program of one thread.
  await Promise.all([
    build('deb', async () => [await buildDeb(out, inTemp('deb'))]),
    build('setup', async () => [await buildSetup(out, await windowsFolder(), inTemp('setup'))]),
  ]);
  await build('zip', async () => [buildZip(out, await windowsFolder())]);
  for (const system of ['linux', 'win'] as const)
    await build('electron', () => buildElectron(system, path.join(out, 'electron'), electronFolder));
  if (values.json) {
    fs.mkdirSync(path.dirname(path.resolve(values.json)), { recursive: true });
    fs.writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
  }
  if (outcomes.some((outcome) => !outcome.ok)) process.exitCode = 1;
} catch (cause) {
  if (!(cause instanceof CannotBuild)) throw cause;
  console.error(cause.message);
  process.exitCode = 2;
} finally {
  fs.rmSync(temp, { recursive: true, force: true });
}
