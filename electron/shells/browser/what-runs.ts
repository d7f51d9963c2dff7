import { execFile } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import type { ShellFacts } from '../../contract/shell.ts';

type Program = NonNullable<ShellFacts['program']>;
type Front = Pick<ShellFacts, 'front' | 'frontName'>;

const UNKNOWN: Front = { front: 'unknown', frontName: null };
const COMMAND_MS = 2_500;

/** `Chrome/140.0.7339.80` as the browser says it, and the age of its program's file. */
export function describeProgram(said: string, executable: string): Program {
  const [, version = said] = /\/([\d.]+)/u.exec(said) ?? [];
  return { name: nameOf(executable), version, chromium: version, builtAt: builtAt(executable) };
}

function nameOf(executable: string): string {
  if (/edge/iu.test(executable)) return 'Microsoft Edge';
  return /chromium/iu.test(executable) ? 'Chromium' : 'Google Chrome';
}

/** Packages keep the time at which the file was made; epoch ms, null where it is not known. */
function builtAt(executable: string): number | null {
  try {
    return statSync(realpathSync(executable)).mtimeMs;
  } catch {
    return null;
  }
}

/**
 * Which program the window in front belongs to, on Linux under X11 by the window manager's own properties. Elsewhere it is not
 * known: Windows tells it only by a call that a script cannot make in time (never run), and Wayland tells it to nobody.
 */
export async function lookInFront(options: { platform: string; browserPid: number | null }): Promise<Front> {
  if (options.platform !== 'linux' || options.browserPid === null) return UNKNOWN;
  const active = await xprop(['-root', '_NET_ACTIVE_WINDOW']);
  const id = /window id # (0x[0-9a-f]+)/iu.exec(active)?.[1];
  if (id === undefined || /^0x0+$/u.test(id)) return UNKNOWN;
  const about = await xprop(['-id', id, '_NET_WM_PID', '_NET_WM_NAME', 'WM_CLASS']);
  const pid = Number(/_NET_WM_PID\(CARDINAL\) = (\d+)/u.exec(about)?.[1] ?? 0);
  if (pid === 0) return UNKNOWN;
  if (isInside(pid, options.browserPid)) return { front: 'ours', frontName: null };
  const name =
    /WM_CLASS\(STRING\) = ".*?", "(.*?)"/u.exec(about)?.[1] ?? /_NET_WM_NAME\(UTF8_STRING\) = "(.*)"/u.exec(about)?.[1];
  return { front: 'other', frontName: name ?? null };
}

function xprop(args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile('xprop', args, { timeout: COMMAND_MS }, (error, stdout) => resolve(error ? '' : stdout));
  });
}

/** Whether a process is `root` or one that it started. */
function isInside(pid: number, root: number): boolean {
  for (let at = pid, steps = 0; at > 1 && steps < 20; steps += 1) {
    if (at === root) return true;
    at = parentOf(at);
  }
  return false;
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
