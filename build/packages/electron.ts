import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { listFiles, ROOT } from './folder.ts';
import { CannotBuild } from './programs.ts';

const run = promisify(execFile);

export type ElectronSystem = 'linux' | 'win';
const PLATFORM = { linux: 'linux', win: 'win32' } as const;
const DOWNLOADS = 'https://github.com/electron/electron/releases/download/';
const ANSWER_MS = 5_000;

/** What decides where Electron's program may be. */
export interface ElectronSearch {
  root: string;
  version: string;
  /** A folder with the archives that Electron publishes, or with one unpacked. */
  folder: string | null;
  mirror: string | null;
  /** Whether a download would be answered. */
  reaches(url: string): Promise<boolean>;
}

/** Where Electron's program for `system` is: a folder, 'download' when it can be fetched, or a sentence that says it cannot. */
export async function findElectron(
  system: ElectronSystem,
  search: ElectronSearch,
): Promise<{ folder: string } | 'download' | { sentence: string }> {
  const archive = `electron-v${search.version}-${PLATFORM[system]}-x64.zip`;
  const program = system === 'win' ? 'electron.exe' : 'electron';
  const folders = [search.folder, path.join(search.root, 'node_modules/electron/dist')].filter((f) => f !== null);
  for (const folder of folders)
    if (fs.existsSync(path.join(folder, archive)) || fs.existsSync(path.join(folder, program))) return { folder };
  const base = (search.mirror ?? DOWNLOADS).replace(/\/*$/u, '/');
  if (await search.reaches(`${base}v${search.version}/${archive}`)) return 'download';
  const tried = search.mirror ? `ELECTRON_MIRROR (${search.mirror}) does not have it` : 'it cannot be downloaded';
  return {
    sentence: `Electron's program for ${system === 'win' ? 'Windows' : 'Linux'} (${archive}) is not here and ${tried}; put it in a folder and give --electron FOLDER.`,
  };
}

/** Whether a server has the file, without reading it. */
export async function answersWell(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}

/** Builds Electron's installers for one system into `out`; answers their paths. Throws CannotBuild with one sentence. */
export async function buildElectron(system: ElectronSystem, out: string, given: string | null): Promise<string[]> {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  const mirror = process.env['ELECTRON_MIRROR'] ?? null;
  const found = await findElectron(system, { root: ROOT, version, folder: given, mirror, reaches: answersWell });
  if (found !== 'download' && 'sentence' in found) throw new CannotBuild(found.sentence);
  fs.mkdirSync(out, { recursive: true });
  const before = new Set(listFiles(out));
  const args = [
    path.join(ROOT, 'node_modules/electron-builder/cli.js'),
    '--config=build/electron-builder.mjs',
    '--publish=never',
    `--${system}`,
    '--x64',
    `-c.directories.output=${out}`,
    ...(found === 'download' ? [] : [`-c.electronDist=${found.folder}`]),
  ];
  const log = path.join(out, `electron-builder-${system}.log`);
  try {
    const { stdout } = await run(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 26 });
    fs.writeFileSync(log, stdout);
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    fs.writeFileSync(log, `${stdout}${stderr}`);
    // Its helpers (for NSIS, AppImage and deb) are downloads of their own.
    throw new CannotBuild(
      `electron-builder could not finish for ${system}: ${reason(`${stdout}${stderr}`)}; all of it is in ${log}.`,
    );
  }
  return listFiles(out)
    .filter((file) => !before.has(file) && /\/?venue-kiosk-electron[^/]*\.(?:exe|deb|AppImage)$/u.test(file))
    .map((file) => path.join(out, file));
}

/** The line of its output that says what was wrong. */
function reason(output: string): string {
  const line =
    output.split('\n').find((text) => /⨯|ENOTFOUND|ECONNREFUSED|cannot|failed/iu.test(text)) ?? 'no reason given';
  return line
    .replace(/^[\s⨯•]+/u, '')
    .slice(0, 160)
    .trim();
}
