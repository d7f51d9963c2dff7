import type { WindowRole } from '../contract/shell.ts';
import { within } from './clock.ts';
import type { Clock } from './clock.ts';
import { ROLES } from './layout.ts';
import type { Display } from './layout.ts';
import type { Shell } from './shell.ts';
import type { Timing } from './timing.ts';

export interface PlacementOptions {
  shell: Pick<Shell, 'place' | 'fills'>;
  clock: Clock;
  timing: Pick<Timing, 'windowPlaceMs' | 'windowPlaceDelaysMs' | 'windowPlaceTries'>;
  log: (line: string) => void;
  /** Where an open window belongs now; null when it is not open. */
  displayFor(role: WindowRole): Display | null;
  /** `settle` is wanted again after this many ms. */
  tryAgain(delayMs: number): void;
  /** The window cannot be moved; opened again, it begins on the right display. */
  giveUp(role: WindowRole, why: string): void;
}

/** Keeps every open window on the display it belongs to, each for itself: one that fails holds no other one up. */
export interface Placement {
  /** The window was opened just now, on its display. */
  opened(role: WindowRole): void;
  /** Displays changed: the system may have moved any window, so each is put in its place and gets all its tries again. */
  rearranged(): void;
  /** Moves what lies elsewhere. Never rejects. */
  settle(): Promise<void>;
  /** Looks whether the window fills its display, and has it put right when not. Never rejects. */
  check(role: WindowRole): Promise<void>;
  /** Looks at all, each with all its repairs again: something happened after which it may work. */
  checkAll(): Promise<void>;
}

interface State {
  /** The display on which the window was last put. */
  at: string | null;
  /** Moves in a row that failed. */
  failed: number;
  /** Repairs in a row that left the window wrong. */
  repairs: number;
}

const nameOf = (display: Display) => JSON.stringify(display);

export function createPlacement(options: PlacementOptions): Placement {
  const { shell, clock, timing, log } = options;
  const states = new Map<WindowRole, State>(ROLES.map((role) => [role, { at: null, failed: 0, repairs: 0 }]));
  const delay = (n: number) => timing.windowPlaceDelaysMs[Math.min(n, timing.windowPlaceDelaysMs.length - 1)] ?? 0;

  async function move(role: WindowRole, state: State, display: Display): Promise<void> {
    try {
      await within(clock, timing.windowPlaceMs, `moving ${role}`, shell.place(role, display));
      state.at = nameOf(display);
      state.failed = 0;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      state.failed += 1;
      if (state.failed >= timing.windowPlaceTries) {
        state.failed = 0;
        options.giveUp(role, `could not be moved: ${why}`);
        return;
      }
      log(`${role} window was not moved (${why}), again in ${delay(state.failed - 1)} ms`);
      options.tryAgain(delay(state.failed - 1));
    }
  }

  async function check(role: WindowRole): Promise<void> {
    const state = states.get(role)!;
    const display = options.displayFor(role);
    // One that is still to be moved is looked at after that.
    if (!display || state.at !== nameOf(display)) return;
    // A shell that cannot tell is no reason to move a window in front of the hall.
    const fills = await within(clock, timing.windowPlaceMs, 'looking', shell.fills(role, display)).catch(() => true);
    if (fills) {
      state.repairs = 0;
      return;
    }
    if (options.displayFor(role) !== display || state.at !== nameOf(display)) return;
    if (state.repairs > timing.windowPlaceDelaysMs.length) return;
    const wait = state.repairs === 0 ? 0 : delay(state.repairs - 1);
    state.repairs += 1;
    if (state.repairs > timing.windowPlaceDelaysMs.length) {
      log(`${role} window does not fill its display, and this system does not let it`);
      return;
    }
    log(`${role} window does not fill its display, putting it right in ${wait} ms`);
    state.at = null;
    options.tryAgain(wait);
  }

  return {
    opened(role) {
      const state = states.get(role)!;
      const display = options.displayFor(role);
      state.at = display ? nameOf(display) : null;
      state.failed = 0;
    },
    rearranged() {
      for (const state of states.values()) Object.assign(state, { at: null, failed: 0, repairs: 0 });
    },
    async settle() {
      for (const role of ROLES) {
        const state = states.get(role)!;
        const display = options.displayFor(role);
        if (!display || state.at === nameOf(display)) continue;
        await move(role, state, display);
        await check(role);
      }
    },
    check,
    async checkAll() {
      for (const state of states.values()) state.repairs = 0;
      for (const role of ROLES) await check(role);
    },
  };
}
