import { randomInt } from 'node:crypto';
import { FromCore, ToCore } from '../contract/shell.ts';
import type { Opening, Tokens } from '../contract/shell.ts';
import { createBackOff } from './back-off.ts';
import { createTimers, systemClock, within } from './clock.ts';
import type { Clock } from './clock.ts';
import type { CoreProcess } from './core-process.ts';
import { createFaultLimit } from './page-faults.ts';
import { answersOn } from './probe-core.ts';
import { NOT_OPENED, STATUS_UNAVAILABLE } from './refusal.ts';
import type { Shell } from './shell.ts';
import { describeShell } from './describe-shell.ts';
import { createTokens } from './tokens.ts';
import { TIMING } from './timing.ts';
import type { Timing } from './timing.ts';
import { createWindowKeeper } from './window-keeper.ts';

export interface SupervisorOptions {
  shell: Shell;
  /** Starts a new core process. */
  startCore: () => CoreProcess;
  /** Command-line arguments for the core to read. */
  argv: string[];
  /** The stage on the primary display, desk and console on the other one. */
  swapDisplays?: boolean;
  clock?: Clock;
  timing?: Timing;
  tokens?: Tokens;
  /** One plain line for the technician. */
  log?: (line: string) => void;
  /** The core is ready on this port: at the start, and again when it moved to another one. */
  onPort?: (port: number) => void;
  /** What the command line asked for, for standard output. */
  print?: (text: string) => void;
  /** Whether anything answers on the core's port; replaced in tests. */
  probeCore?: (port: number, answerMs: number) => Promise<boolean>;
}

/** Why and how the kiosk ended. */
export interface KioskEnd {
  status: number;
  /** What the technician must read, when the end was not asked for. */
  sentence: string | null;
  /** The same in Vietnamese, where there is one. */
  vi?: string;
}

export interface Supervisor {
  /** Settles when everything is stopped, never rejects. */
  readonly ended: Promise<KioskEnd>;
  /** Brings the windows to the front, for a second start that found this kiosk running. */
  raise(): void;
  /** Windows closed, core stopped (killed after `coreStopMs`); `how` is told unless an end is already under way. */
  stop(how?: KioskEnd): Promise<KioskEnd>;
}

/** Dynamic ports (RFC 6335), from the first to before the last. */
const OTHER_PORTS = [49_152, 65_535] as const;
/**
 * Starts the core and its windows and keeps both alive. The core is restarted with the same tokens and asked for the same
 * port, so that windows which stayed open find it again; where that port is taken, with new ones and another.
 */
export function startSupervisor(options: SupervisorOptions): Supervisor {
  const { shell } = options;
  const clock = options.clock ?? systemClock;
  const timing = options.timing ?? TIMING;
  let tokens = options.tokens ?? createTokens();
  const log = options.log ?? (() => {});
  const probeCore = options.probeCore ?? answersOn;
  const backOff = createBackOff(clock, timing.coreRestartDelaysMs, timing.coreHealthyMs);

  let core: CoreProcess | null = null;
  let port = 0;
  let ready = false;
  /** What the next core opens; undefined leaves it to the command line. */
  let opening: Opening | undefined;
  /** Somebody chose `opening`, and no core has been ready in it yet. */
  let untried = false;
  /** This core ends because something was chosen: the next one is started at once. */
  let switching = false;
  let stopping: Promise<KioskEnd> | null = null;
  let coreGone: (() => void) | null = null;
  const timers = createTimers(clock);
  let printing: Promise<void> = Promise.resolve();
  let stopPrinting: (() => void) | null = null;
  let settle!: (end: KioskEnd) => void;
  const ended = new Promise<KioskEnd>((resolve) => (settle = resolve));

  const keeper = createWindowKeeper({
    shell,
    clock,
    timing,
    log,
    swapDisplays: options.swapDisplays ?? false,
    onRestarted: (role) => send({ type: 'window_restarted', role }),
    onDisplays: (count) => send({ type: 'displays', count }),
    onWoke: () => send({ type: 'woke' }),
    onPageFault: createFaultLimit({ clock, log, pass: (role, text) => send({ type: 'page_fault', role, text }) }),
    onUnavailable: (why) => void end({ status: STATUS_UNAVAILABLE, ...why }),
  });

  function send(message: ToCore): void {
    core?.send(ToCore.parse(message));
  }

  function launch(): void {
    if (stopping) return;
    const process = options.startCore();
    core = process;
    ready = false;
    const late = clock.after(timing.coreReadyMs, () => {
      log(`core is not ready after ${timing.coreReadyMs} ms, killing it`);
      process.kill();
    });
    process.onMessage((message) => {
      if (core !== process) return;
      const parsed = FromCore.safeParse(message);
      if (!parsed.success) {
        log('core sent a message that is not in the contract');
        return;
      }
      if (parsed.data.type === 'ready') late();
      receive(parsed.data);
    });
    process.onExit(({ code, signal }) => {
      late();
      if (core !== process) return;
      core = null;
      ready = false;
      keeper.coreDown();
      coreGone?.();
      if (stopping) return;
      if (untried && !switching && opening?.kind !== 'lobby') opening = { kind: 'lobby', refusal: NOT_OPENED };
      const delay = switching ? 0 : backOff.next();
      switching = false;
      log(`core ended (${signal ?? `status ${code}`}), starting it again in ${delay} ms`);
      timers.after(delay, launch);
    });
    send({ type: 'start', tokens, port, shell: shell.kind, argv: options.argv, ...(opening ? { opening } : {}) });
  }

  function receive(message: FromCore): void {
    switch (message.type) {
      case 'ready':
        if (port !== message.port) options.onPort?.(message.port);
        port = message.port;
        ready = true;
        untried = false;
        opening = message.opening;
        backOff.started();
        send({ type: 'displays', count: keeper.placed().displays.length });
        keeper.coreUp({ port, tokens }, opening?.kind === 'lobby');
        return;
      case 'refused':
        refused(message);
        return;
      case 'port_taken':
        // Whoever has it has heard the windows' tokens. Not 0: that is a first start to the core.
        log('another program has the port of the core, starting it with new tokens on another port');
        tokens = createTokens();
        port = randomInt(...OTHER_PORTS);
        switching = untried;
        core?.kill();
        return;
      case 'open':
        void reopen(message.opening);
        return;
      case 'show':
        keeper.show(message.role);
        return;
      case 'restart_window':
        keeper.restart(message.role, 'silent, says the core');
        return;
      case 'ask_shell':
        void describeShell({ shell, clock, placed: keeper.placed() }).then((facts) =>
          send({ type: 'shell_facts', id: message.id, facts }),
        );
        return;
      case 'checked':
        options.print?.(message.text);
        void end({ status: message.exitStatus, sentence: null });
        return;
      case 'print':
        print(message.id, message.path);
        return;
      case 'stage_playing':
        keeper.stagePlays(message.on);
        return;
      case 'swap_displays':
        keeper.swapDisplays(message.on);
        return;
      case 'keep_awake':
        shell.keepAwake(message.on).catch((error: unknown) => log(`keep awake: ${String(error)}`));
        return;
      case 'quit':
        void end({ status: 0, sentence: null });
    }
  }

  function refused({ sentence, vi, exitStatus }: Extract<FromCore, { type: 'refused' }>): void {
    const why = { sentence, ...(vi === undefined ? {} : { vi }) };
    // What was chosen cannot be opened: the lobby says so.
    switching = untried && opening?.kind !== 'lobby';
    if (switching) opening = { kind: 'lobby', refusal: why };
    else if (port === 0) return void end({ status: exitStatus, ...why });
    // It ran before: a full disk or a damaged file must not close the windows of a hall that is watching.
    log(`core refused to start again: ${sentence}`);
    core?.kill();
  }

  /** Ends the core in order; the next one opens what was chosen. */
  async function reopen(chosen: Opening): Promise<void> {
    const process = core;
    if (!process || untried) return;
    opening = chosen;
    untried = true;
    switching = true;
    const gone = new Promise<void>((resolve) => (coreGone = resolve));
    send({ type: 'stop' });
    await within(clock, timing.coreStopMs, 'stopping the core', gone).catch(() => process.kill());
  }

  /**
   * One document after the other: two print browsers at once would starve the stage of a small PC. One that takes too long
   * is given up, and the next begins when nothing of it runs any more.
   */
  function print(id: string, path: string): void {
    printing = printing.then(async () => {
      if (stopping) return;
      const giveUp = new AbortController();
      stopPrinting = () => giveUp.abort(new Error('the kiosk ends'));
      let work: Promise<unknown> = Promise.resolve();
      try {
        if (!isPrintPath(path)) throw new Error('not a print path');
        const pdf = shell.printPdf(path, giveUp.signal);
        work = pdf;
        const bytes = await within(clock, timing.printMs, 'printing', pdf);
        send({ type: 'printed', id, pdf: Buffer.from(bytes).toString('base64') });
      } catch (error) {
        send({ type: 'printed', id, error: error instanceof Error ? error.message : String(error) });
        giveUp.abort(error);
        const gone = work.then(
          () => undefined,
          () => undefined,
        );
        await within(clock, timing.printStopMs, 'giving up a printing', gone).catch((late: unknown) =>
          log(String(late)),
        );
      } finally {
        stopPrinting = null;
      }
    });
  }

  function watchCore(misses: number): void {
    const process = core;
    timers.after(timing.coreProbeEveryMs, () => {
      if (!ready || process === null || core !== process) return watchCore(0);
      void probeCore(port, timing.coreProbeAnswerMs).then((answered) => {
        const missed = answered || core !== process ? 0 : misses + 1;
        if (missed < timing.coreProbeMisses || stopping) return watchCore(missed);
        log('core does not answer, killing it');
        process.kill();
        watchCore(0);
      });
    });
  }

  function end(result: KioskEnd): Promise<KioskEnd> {
    stopping ??= (async () => {
      timers.stop();
      stopPrinting?.();
      // Windows first: their last reports still find the core.
      await keeper.stop();
      const process = core;
      if (process) {
        const gone = new Promise<void>((resolve) => (coreGone = resolve));
        send({ type: 'stop' });
        await within(clock, timing.coreStopMs, 'stopping the core', gone).catch(() => {
          log('core did not stop by itself, killing it');
          process.kill();
          return gone;
        });
      }
      settle(result);
      return result;
    })();
    return stopping;
  }

  launch();
  watchCore(0);
  return { ended, raise: () => keeper.raise(), stop: (how = { status: 0, sentence: null }) => end(how) };
}

/** A path that stays under /print/ once dots and escapes are resolved. */
function isPrintPath(path: string): boolean {
  return /^\/print\/[\w/?=&~-]+$/.test(path) && new URL(path, 'http://127.0.0.1').pathname.startsWith('/print/');
}
