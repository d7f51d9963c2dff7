import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, realpath, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PlaceView } from '../../contract/api-report.ts';

/** Where to look for folders that documents may be written to. Tests give their own. */
export interface PlaceRoots {
  platform: NodeJS.Platform;
  /** The user's home folder. */
  home: string;
  /** Linux: the kernel's list of mounts, and the folders under which sticks are mounted. */
  mountsFile: string;
  mountRoots: readonly string[];
  /** Windows: drives offered, as `E:\`. The system drive is left out: documents go to the user's folders there. */
  drives: readonly string[];
}

/** A place and its path; the path never leaves the core. */
export interface Place {
  view: PlaceView;
  dir: string;
}

/** A stick that was pulled out can leave a mount that never answers. */
const ANSWER_MS = 1_500;
/** File systems of the kernel itself, never of a stick. */
const NOT_STORAGE = new Set(['tmpfs', 'devtmpfs', 'proc', 'sysfs', 'overlay', 'squashfs', 'autofs', 'cgroup2']);

/** The places of this PC. */
export function systemPlaceRoots(): PlaceRoots {
  return {
    platform: process.platform,
    home: os.homedir(),
    mountsFile: '/proc/mounts',
    mountRoots: ['/media', '/run/media', '/mnt'],
    drives: Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`),
  };
}

/** Everything documents can be written to now: sticks first, then the user's own folders that exist. */
export async function listPlaces(roots: PlaceRoots): Promise<Place[]> {
  const sticks = roots.platform === 'win32' ? listDrives(roots) : await listMounts(roots);
  const folders = await listFolders(roots);
  const places = await Promise.all([...sticks, ...folders].map((candidate) => inTime(lookOnce(candidate))));
  const seen = new Set<string>();
  return places.filter((place): place is Place => {
    if (!place || seen.has(place.dir)) return false;
    seen.add(place.dir);
    return true;
  });
}

/** The place an id stands for, looked up again: a stick may be gone since the list was shown. */
export async function getPlace(roots: PlaceRoots, id: string): Promise<Place | null> {
  return (await listPlaces(roots)).find((place) => place.view.id === id) ?? null;
}

interface Candidate {
  dir: string;
  kind: PlaceView['kind'];
  label: string | null;
  folder: PlaceView['folder'];
  readOnly: boolean;
}

/** Places that were asked and have not answered. */
const asked = new Map<string, Promise<Place | null>>();

/**
 * A network drive whose server is gone keeps one of the process's few file threads for a minute. It is not asked again while
 * it keeps one, or a few openings of this list would leave none for the broadcast and the PINs.
 */
function lookOnce(candidate: Candidate): Promise<Place | null> {
  const name = `${candidate.kind} ${candidate.dir}`;
  const running = asked.get(name) ?? look(candidate).finally(() => asked.delete(name));
  asked.set(name, running);
  return running;
}

async function look(candidate: Candidate): Promise<Place | null> {
  try {
    const dir = await realpath(candidate.dir);
    if (!(await stat(dir)).isDirectory()) return null;
    const [free, writable] = await Promise.all([
      statfs(dir).then(
        (s) => s.bavail * s.bsize,
        () => null,
      ),
      access(dir, constants.W_OK).then(
        () => true,
        () => false,
      ),
    ]);
    const { kind, label, folder } = candidate;
    const id = createHash('sha256').update(dir).digest('hex').slice(0, 16);
    return { dir, view: { id, kind, label, folder, freeBytes: free, writable: writable && !candidate.readOnly } };
  } catch {
    // Not there, or not for us: then it is no place.
    return null;
  }
}

function inTime(work: Promise<Place | null>): Promise<Place | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_MS);
    void work.then((place) => {
      clearTimeout(timer);
      resolve(place);
    });
  });
}

function listDrives(roots: PlaceRoots): Candidate[] {
  return roots.drives.map((dir) => ({
    dir,
    kind: 'drive',
    label: dir.slice(0, 2),
    folder: null,
    readOnly: false,
  }));
}

/** Only what is really mounted: the empty folder of a stick that was pulled out would take files to the system disk. */
async function listMounts(roots: PlaceRoots): Promise<Candidate[]> {
  const text = await readFile(roots.mountsFile, 'utf8').catch(() => '');
  const candidates: Candidate[] = [];
  for (const line of text.split('\n')) {
    const [, point, type, options] = line.split(' ');
    if (!point || !type || NOT_STORAGE.has(type)) continue;
    const dir = unescapeMount(point);
    if (!roots.mountRoots.some((root) => dir.startsWith(`${root}/`))) continue;
    const readOnly = (options ?? '').split(',').includes('ro');
    candidates.push({ dir, kind: 'removable', label: path.basename(dir), folder: null, readOnly });
  }
  return candidates;
}

/** proc(5): space, tab, line feed and backslash stand as three octal digits. */
function unescapeMount(point: string): string {
  return point.replaceAll(/\\([0-7]{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

const FOLDERS = [
  { folder: 'documents', xdg: 'XDG_DOCUMENTS_DIR', usual: 'Documents' },
  { folder: 'desktop', xdg: 'XDG_DESKTOP_DIR', usual: 'Desktop' },
  { folder: 'downloads', xdg: 'XDG_DOWNLOAD_DIR', usual: 'Downloads' },
] as const;

/** A Vietnamese desktop names them "Tài liệu" and so on: the names stand in the file of xdg-user-dirs. */
async function listFolders(roots: PlaceRoots): Promise<Candidate[]> {
  const file = path.join(roots.home, '.config', 'user-dirs.dirs');
  const named = roots.platform === 'linux' ? await readFile(file, 'utf8').catch(() => '') : '';
  return FOLDERS.map(({ folder, xdg, usual }) => {
    const given = new RegExp(`^${xdg}="(.+)"$`, 'mu').exec(named)?.[1];
    const dir = given?.replace(/^\$HOME(?=\/|$)/u, () => roots.home) ?? path.join(roots.home, usual);
    return { dir, kind: 'folder', label: null, folder, readOnly: false };
  });
}
