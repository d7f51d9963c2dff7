import { err, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';

/**
 * Chromium's switches that would open the windows to other programs or take away what guards them, and those that the kiosk
 * sets itself. `*` stands for any end. Refused in both shells, also by Electron, which would read them by itself.
 */
const REFUSED = [
  'remote-debugging-*',
  'remote-allow-origins',
  'inspect*',
  'js-flags',
  'user-data-dir',
  'profile-directory',
  'load-extension',
  'disable-extensions-except',
  'disable-web-security',
  'disable-site-isolation*',
  'disable-features-for-testing',
  'allow-running-insecure-content',
  'allow-file-access*',
  'ignore-certificate-errors*',
  'unsafely-treat-insecure-origin-as-secure',
  'use-fake-*',
  'auto-accept-*',
  'app',
  'app-id',
  'kiosk',
  'start-fullscreen',
  'window-position',
  'window-size',
  'autoplay-policy',
  'single-process',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
];

/** Names this near to one of ours are taken for a slip of the finger. */
const SLIP = 2;

export type SwitchFault = { error: 'bad_argument'; sentence: string };

/**
 * Whether an argument that is none of ours is handed to Chromium. Ours are long-known words; a name within two letters of one
 * is a slip and gets a sentence, since Chromium would ignore it without a word.
 */
export function checkSwitch(name: string, ours: readonly string[]): Result<null, SwitchFault> {
  const near = ours.find((known) => distance(name, known) <= Math.min(SLIP, Math.floor(known.length / 3)));
  if (near !== undefined) return bad(`--${name} is not known; --${near} is`);
  if (name.length < 2) return bad(`-${name} is not known`);
  if (REFUSED.some((pattern) => fits(pattern, name))) return bad(`--${name} may not be given to the kiosk's browser`);
  return ok(null);
}

function bad(sentence: string): Result<null, SwitchFault> {
  return err({ error: 'bad_argument' as const, sentence });
}

function fits(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Letters to add, drop, change or swap with the next one to make `a` of `b`. */
function distance(a: string, b: string): number {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
