import type { WindowRole } from '../contract/shell.ts';
import { createBackOff } from './back-off.ts';
import type { BackOff } from './back-off.ts';
import { createTimers, within } from './clock.ts';
import type { Clock } from './clock.ts';
import { listPlaced, type Placed } from './describe-shell.ts';
import { arrange, displayOf, frontAfterDisplays, frontAfterKey } from './layout.ts';
import { HALL_ROLES, LOBBY_ROLES, ROLES, sameLayout } from './layout.ts';
import type { Display, Layout, ShellKey } from './layout.ts';
import { createPlacement } from './placement.ts';
import { ShellUnavailable } from './shell.ts';
import type { CoreAddress, Shell, ShellEvents } from './shell.ts';
import type { Timing } from './timing.ts';
import { startWindowProbe } from './window-probe.ts';

export interface WindowKeeperOptions {
  shell: Shell;
  clock: Clock;
  timing: Timing;
  swapDisplays: boolean;
  log: (line: string) => void;
  /** A window was opened again after it was lost. */
  onRestarted: (role: WindowRole) => void;
  onDisplays: (count: number) => void;
  onWoke: () => void;
  onPageFault: (role: WindowRole, text: string) => void;
  /** The shell cannot run here; the kiosk must end with this sentence. */
  onUnavailable: (why: { sentence: string; vi?: string }) => void;
}

/** Keeps the windows that are wanted open, in place and in the right order. */
export interface WindowKeeper {
  /**
   * The core is reachable there: opens what is not open, and everything again when the address changed. The windows of a session
   * close when the lobby has opened, and the other way round.
   */
  coreUp(core: CoreAddress, inLobby?: boolean): void;
  /** The core is gone: open windows stay and reconnect by themselves, lost ones wait. */
  coreDown(): void;
  show(role: WindowRole): void;
  /** Brings what is in front there to the front of the whole desktop. */
  raise(): void;
  /** Whether the hall has a moving picture now. */
  stagePlays(on: boolean): void;
  /** Windows change displays, on top of the options. */
  swapDisplays(on: boolean): void;
  /** Closes the window and opens it again; nothing when it is not open. */
  restart(role: WindowRole, why: string): void;
  /** All displays, and the open windows with the one that each belongs to. */
  placed(): Placed;
  /** Settles when all that was asked so far was done; for tests and for an orderly end. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** All steps run one after the other, so that a display change never meets a window half opened. */
export function createWindowKeeper(options: WindowKeeperOptions): WindowKeeper {
  const { shell, clock, timing, log } = options;
  const backOff = {} as Record<WindowRole | 'shell', BackOff>;
  for (const name of [...ROLES, 'shell'] as const)
    backOff[name] = createBackOff(clock, timing.windowReopenDelaysMs, timing.windowHealthyMs);

  let core: CoreAddress | null = null;
  let lastPort: number | null = null;
  let running = false;
  let stopped = false;
  let layout: Layout | null = null;
  let displays: Display[] = [];
  let wanted = HALL_ROLES;
  let front: WindowRole = 'desk';
  let playing = false;
  let swapped = options.swapDisplays;
  /** What the stage covered when displays vanished, until somebody chooses a window. */
  let covered: WindowRole | null = null;
  const open = new Set<WindowRole>();
  /** Open in the shell, also where nobody wants them any more. */
  const shown = new Set<WindowRole>();
  const opening = new Set<WindowRole>();
  const lostBefore = new Set<WindowRole>();
  const timers = createTimers(clock);
  let tail: Promise<void> = Promise.resolve();
  const placement = createPlacement({
    shell,
    clock,
    timing,
    log,
    displayFor: (role) => (layout && open.has(role) && !opening.has(role) ? displayOf(layout, role) : null),
    tryAgain: (delayMs) => timers.after(delayMs, () => enqueue(() => placement.settle())),
    giveUp: (role, why) => events.windowLost(role, why),
  });

  function enqueue(step: () => Promise<void>): void {
    tail = tail
      .then(() => (stopped ? undefined : step()))
      .catch((error: unknown) => log(`window step failed: ${error instanceof Error ? error.message : String(error)}`));
  }

  const events: ShellEvents = {
    windowLost(role, why) {
      if (stopped || !open.has(role)) return;
      open.delete(role);
      lost(role, why);
    },
    shellLost(why) {
      if (stopped || !running) return;
      running = false;
      for (const role of open) lostBefore.add(role);
      open.clear();
      shown.clear();
      const delay = backOff.shell.next();
      log(`browser lost (${why}), starting it again in ${delay} ms`);
      timers.after(delay, () => enqueue(openMissing));
    },
    displaysChanged(now) {
      enqueue(() => rearrange(now));
    },
    key(key: ShellKey) {
      enqueue(async () => {
        covered = null;
        if (layout && wanted === HALL_ROLES) await bring(frontAfterKey(front, key, layout.shared));
      });
    },
    woke: () => {
      options.onWoke();
      events.unlocked();
    },
    unlocked: () => enqueue(() => placement.checkAll()),
    pageFault: options.onPageFault,
  };

  function lost(role: WindowRole, why: string): void {
    lostBefore.add(role);
    const delay = backOff[role].next();
    log(`${role} window lost (${why}), opening it again in ${delay} ms`);
    timers.after(delay, () => enqueue(openMissing));
  }

  async function startShell(): Promise<boolean> {
    if (running) return true;
    // Set first: a browser may die before its start settled.
    running = true;
    try {
      await shell.start(events);
      displays = await shell.displays();
    } catch (error) {
      if (!running) return false;
      running = false;
      if (stopped) return false;
      if (error instanceof ShellUnavailable) {
        options.onUnavailable({ sentence: error.message, ...(error.vi === undefined ? {} : { vi: error.vi }) });
        return false;
      }
      const delay = backOff.shell.next();
      log(`browser did not start (${error instanceof Error ? error.message : String(error)}), again in ${delay} ms`);
      timers.after(delay, () => enqueue(openMissing));
      return false;
    }
    if (!running) return false;
    backOff.shell.started();
    layout = arrange(displays, swapped) ?? layout;
    options.onDisplays(displays.length);
    return true;
  }

  async function openMissing(): Promise<void> {
    // The browser starts while the core does; windows need both.
    if (!(await startShell()) || !core) return;
    shell.connect(core);
    let opened = false;
    for (const role of wanted) {
      if (stopped || !running || !core || !layout) return;
      if (open.has(role)) continue;
      // Marked before it is open: a window that dies while it opens must not be forgotten.
      open.add(role);
      shown.add(role);
      opening.add(role);
      probe.forget(role);
      try {
        await within(clock, timing.windowOpenMs, `opening ${role}`, shell.open(role, displayOf(layout, role)));
      } catch (error) {
        if (open.delete(role) && running) lost(role, error instanceof Error ? error.message : String(error));
        continue;
      } finally {
        opening.delete(role);
      }
      if (!open.has(role)) continue;
      placement.opened(role);
      opened = true;
      backOff[role].started();
      if (lostBefore.delete(role)) options.onRestarted(role);
    }
    if (!opened) return;
    await bring(front);
    await closeUnwanted();
    await placement.checkAll();
  }

  /** After the others are open, so that the desktop is not seen in between. */
  async function closeUnwanted(): Promise<void> {
    for (const role of [...shown].filter((each) => !wanted.includes(each))) {
      open.delete(role);
      shown.delete(role);
      await within(clock, timing.windowPlaceMs, `closing ${role}`, shell.close(role)).catch((error: unknown) =>
        log(String(error)),
      );
    }
  }

  async function rearrange(now: Display[]): Promise<void> {
    displays = now;
    options.onDisplays(now.length);
    const next = arrange(now, swapped);
    if (!next || sameLayout(next, layout)) return;
    const before = front;
    front = frontAfterDisplays(front, layout, next, { stagePlays: playing, covered });
    if (next.shared !== layout?.shared) covered = next.shared && front === 'stage' ? before : null;
    layout = next;
    placement.rearranged();
    await placement.settle();
    await bring(front);
    await openMissing();
  }

  async function bring(role: WindowRole): Promise<void> {
    if (!layout) return;
    // The stage has a display of its own: it is raised there, and what the operator sees stays.
    if (role !== 'stage' || layout.shared) front = role;
    if (!layout.shared) await raise('stage');
    if (layout.shared || front !== 'stage') await raise(front);
  }

  /** One window that cannot be raised keeps no other one from coming to the front. */
  async function raise(role: WindowRole): Promise<void> {
    if (!open.has(role)) return;
    try {
      await within(clock, timing.windowPlaceMs, `showing ${role}`, shell.show(role));
    } catch (error) {
      log(`${role} window was not brought to the front: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  const probe = startWindowProbe({
    shell,
    clock,
    timing,
    after: (ms, act) => timers.after(ms, act),
    listOpen: () => [...open].filter((role) => !opening.has(role)),
    isOpen: (role) => open.has(role),
    onSilent: (role) => events.windowLost(role, 'does not answer'),
    onAnswer: (role) => placement.check(role),
  });

  return {
    coreUp(address, inLobby = false) {
      const before = wanted;
      wanted = inLobby ? LOBBY_ROLES : HALL_ROLES;
      if (wanted !== before) {
        for (const role of before) open.delete(role);
        front = inLobby ? 'lobby' : 'desk';
        [covered, playing] = [null, false];
      }
      // Windows on the old address would wait for it for ever.
      if (lastPort !== null && lastPort !== address.port) open.clear();
      core = address;
      lastPort = address.port;
      enqueue(openMissing);
    },
    coreDown() {
      core = null;
    },
    show(role) {
      enqueue(() => {
        covered = null;
        return bring(role);
      });
    },
    raise: () => enqueue(() => bring(front)),
    stagePlays: (on) => void (playing = on),
    swapDisplays(on) {
      const next = options.swapDisplays !== on;
      if (next === swapped) return;
      swapped = next;
      if (layout) enqueue(() => rearrange(displays));
    },
    restart(role, why) {
      events.windowLost(role, why);
    },
    placed: () => listPlaced(displays, layout, open),
    settled: () => tail,
    async stop() {
      stopped = true;
      timers.stop();
      await within(clock, timing.shellStopMs, 'closing the windows', shell.stop()).catch((error: unknown) =>
        log(String(error)),
      );
    },
  };
}
