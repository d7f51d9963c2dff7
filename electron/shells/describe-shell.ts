import type { ShellFacts, WindowRole } from '../contract/shell.ts';
import { within } from './clock.ts';
import type { Clock } from './clock.ts';
import { displayOf } from './layout.ts';
import type { Display, Layout } from './layout.ts';
import type { Shell } from './shell.ts';

/** One question to the browser, ms. */
const ANSWER_MS = 3_000;

/** Where windows are: each open one with the display it belongs to, and all displays. */
export interface Placed {
  displays: readonly Display[];
  windows: readonly { role: WindowRole; display: Display }[];
}

/** `open`: roles whose window is open. */
export function listPlaced(displays: readonly Display[], layout: Layout | null, open: Iterable<WindowRole>): Placed {
  return { displays, windows: layout ? [...open].map((role) => ({ role, display: displayOf(layout, role) })) : [] };
}

/** What the checks before the hour ask of a shell. What it cannot say stands as not known; null when it does not answer. */
export async function describeShell(options: {
  shell: Pick<Shell, 'kind' | 'fills' | 'program' | 'front'>;
  clock: Clock;
  placed: Placed;
}): Promise<ShellFacts | null> {
  const { shell, clock, placed } = options;
  const inTime = <T>(what: string, work: Promise<T>) => within(clock, ANSWER_MS, what, work);
  try {
    const [program, front, windows] = await Promise.all([
      inTime('asking for the program', shell.program()),
      inTime('asking what is in front', shell.front()),
      Promise.all(
        placed.windows.map(async ({ role, display }) => ({
          role,
          fills: await inTime('looking', shell.fills(role, display)),
        })),
      ),
    ]);
    const displays = placed.displays.map((display) => ({
      label: display.label ?? '',
      left: display.left,
      top: display.top,
      width: display.width,
      height: display.height,
      scale: display.scale ?? null,
      primary: display.primary,
      shows: placed.windows.filter((window) => window.display.id === display.id).map(({ role }) => role),
    }));
    return { madeUp: shell.kind === 'headless', displays, windows, program, ...front };
  } catch {
    return null;
  }
}
