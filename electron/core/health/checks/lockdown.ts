import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { readSystemFile, type Machine } from '../machine.ts';
import type { Check, Found } from '../check.ts';

/** Written by `lockdown.sh`: one line for each file that it set, checksum and path. */
const LIST = '/var/lib/venue-kiosk-lockdown/files';

/** Whether what only the system can stop is stopped, as `lockdown.sh status` and `lockdown.cmd status` would say. */
export const lockdown: Check<'lockdown'> = {
  id: 'lockdown',
  run({ machine }) {
    if (machine.platform === 'linux') return compareFiles(machine);
    return machine.platform === 'win32' ? lookOnWindows(machine) : { word: 'unknown' };
  },
};

async function compareFiles(machine: Machine): Promise<Found<'lockdown'>> {
  const list = await readSystemFile(machine, LIST);
  if (list === null || list === '') return { word: 'not_set' };
  for (const line of list.split('\n')) {
    const [sum, file] = line.split(/\s{2}/u);
    if (sum && file && (await sumOf(path.join(machine.root, file))) !== sum) return { word: 'broken', facts: { file } };
  }
  return { word: 'set' };
}

/** A link counts by where it points, with the line end that the script's `readlink` writes. */
async function sumOf(file: string): Promise<string | null> {
  try {
    const content = (await lstat(file)).isSymbolicLink() ? `${await readlink(file)}\n` : await readFile(file);
    return createHash('sha256').update(content).digest('hex');
  } catch {
    return null;
  }
}

/** Never run on a real Windows: what the script kept, and its first value. */
async function lookOnWindows(machine: Machine): Promise<Found<'lockdown'>> {
  const kept = path.win32.join(machine.env['ProgramData'] ?? 'C:\\ProgramData', 'venue-kiosk', 'lockdown.json');
  if ((await readFile(kept, 'utf8').catch(() => null)) === null) return { word: 'not_set' };
  const key = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\EdgeUI';
  const said = await machine.run('reg.exe', ['query', key, '/v', 'AllowEdgeSwipe', '/reg:64']);
  if (said === null) return { word: 'unknown' };
  return said.status === 0 ? { word: 'set' } : { word: 'broken', facts: { file: 'AllowEdgeSwipe' } };
}
