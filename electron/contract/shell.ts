import { z } from 'zod';

/** Every window; also the audiences of the API and the token roles. The lobby is open alone, before a session is chosen. */
export const WindowRole = z.enum(['stage', 'desk', 'console', 'lobby']);
export type WindowRole = z.infer<typeof WindowRole>;
/** The three windows of a session. */
export const HallRole = WindowRole.exclude(['lobby']);
export type HallRole = z.infer<typeof HallRole>;

/** What the core opens, where somebody chose it on a screen: it then stands above the command line. */
export const Opening = z.discriminatedUnion('kind', [
  /** The start screen. `refusal`: why what was chosen before could not be opened. */
  z.strictObject({
    kind: z.literal('lobby'),
    refusal: z.strictObject({ sentence: z.string(), vi: z.string().optional() }).optional(),
  }),
  /** A session in the records of this PC. */
  z.strictObject({ kind: z.literal('session'), packageId: z.string().max(80) }),
  z.strictObject({ kind: z.literal('rehearsal') }),
  /** A trial of a session in the records of this PC, in records of its own that are thrown away. */
  z.strictObject({ kind: z.literal('trial'), packageId: z.string().max(80) }),
]);
export type Opening = z.infer<typeof Opening>;

/** One secret per window, for one launch of the kiosk: base64url of 256 bits, 43 characters. */
export const Tokens = z.strictObject({
  stage: z.string().min(43),
  desk: z.string().min(43),
  console: z.string().min(43),
  lobby: z.string().min(43),
});
export type Tokens = z.infer<typeof Tokens>;
/** The cookie that carries a window's token in a browser. HttpOnly: no page reads it. */
export const TOKEN_COOKIE = 'kiosk_token';

/** What a window may use of the PC; each shell has its own names for these and refuses everything else. Nobody may record. */
export type WindowPermission = 'keep_awake' | 'choose_loudspeaker';
export const WINDOW_PERMISSIONS: Readonly<Record<WindowRole, readonly WindowPermission[]>> = {
  stage: ['keep_awake', 'choose_loudspeaker'],
  desk: [],
  console: ['choose_loudspeaker'],
  lobby: [],
};

/** What a shell can say of this PC when the checks before the hour ask for it. */
export const ShellFacts = z.strictObject({
  /** No display is there: those below are made up. */
  madeUp: z.boolean(),
  displays: z.array(
    z.strictObject({
      label: z.string(),
      left: z.number(),
      top: z.number(),
      width: z.number(),
      height: z.number(),
      /** Pixels of the display to one of a page; null where the shell cannot tell. */
      scale: z.number().nullable(),
      primary: z.boolean(),
      /** Windows that belong here. */
      shows: z.array(WindowRole),
    }),
  ),
  /** Open windows, and whether each fills its display. */
  windows: z.array(z.strictObject({ role: WindowRole, fills: z.boolean() })),
  /** The program that shows them; `chromium` is the version inside. When its file was made, epoch ms. */
  program: z
    .strictObject({ name: z.string(), version: z.string(), chromium: z.string(), builtAt: z.number().nullable() })
    .nullable(),
  /** Whether a window of ours has the keyboard. */
  front: z.enum(['ours', 'other', 'unknown']),
  /** Name of the window in front that is not ours; null where it is not known. */
  frontName: z.string().nullable(),
});
export type ShellFacts = z.infer<typeof ShellFacts>;

/**
 * Messages between the supervisor and the core process over the process channel (never argv, never a port).
 * The supervisor chooses tokens and asks for the port used before, so that a restarted core is found by
 * windows that are still open.
 */
export const ToCore = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    tokens: Tokens,
    /** Preferred port, 0 for any. */
    port: z.int().min(0).max(65535),
    shell: z.enum(['electron', 'browser', 'headless']),
    /** Command-line arguments of the kiosk, for the core to read. */
    argv: z.array(z.string()),
    opening: Opening.optional(),
  }),
  z.strictObject({ type: z.literal('stop') }),
  /** Displays connected now; sent at start and on each change. */
  z.strictObject({ type: z.literal('displays'), count: z.int().min(0) }),
  /** The PC woke from sleep. */
  z.strictObject({ type: z.literal('woke') }),
  /** A window was opened again after it was lost. A fresh page gets its time to begin. */
  z.strictObject({ type: z.literal('window_restarted'), role: WindowRole }),
  /** A fault inside a page that nothing in it caught: kind, message and stack as the page gave them, for the log. */
  z.strictObject({ type: z.literal('page_fault'), role: WindowRole, text: z.string().max(8_000) }),
  /** The answer to `ask_shell`; null when the shell cannot say. */
  z.strictObject({ type: z.literal('shell_facts'), id: z.string(), facts: ShellFacts.nullable() }),
  z.strictObject({
    type: z.literal('printed'),
    id: z.string(),
    /** PDF, base64; absent when printing failed. */
    pdf: z.string().optional(),
    error: z.string().optional(),
  }),
]);
export type ToCore = z.infer<typeof ToCore>;

export const FromCore = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    port: z.int(),
    version: z.string(),
    /** What it is in, where the next core must be in the same: a lobby has its one window, everything else the three. */
    opening: Opening.optional(),
  }),
  /**
   * The core cannot start. On its first start: say the sentence and exit with this status. A core that was ready before
   * is started again instead, ever more slowly, and the windows stay.
   */
  z.strictObject({
    type: z.literal('refused'),
    sentence: z.string(),
    /** The same in Vietnamese, where there is one. */
    vi: z.string().optional(),
    exitStatus: z.int(),
  }),
  /**
   * The port asked for is not free: another program may have heard what the windows said to it meanwhile. The core ends;
   * the next one is started with new tokens and another port.
   */
  z.strictObject({ type: z.literal('port_taken') }),
  /** Bring a window to the front. */
  z.strictObject({ type: z.literal('show'), role: WindowRole }),
  /** The page of this window is silent while it should play: close it and open it again. */
  z.strictObject({ type: z.literal('restart_window'), role: WindowRole }),
  /** Print a document of ours (served by the core under /print/…, one-time path) to PDF. */
  z.strictObject({ type: z.literal('print'), id: z.string(), path: z.string() }),
  /** What of displays and windows, for the checks. */
  z.strictObject({ type: z.literal('ask_shell'), id: z.string() }),
  /** The checks that the command line asked for are done: print this on standard output and end with this status. */
  z.strictObject({ type: z.literal('checked'), text: z.string(), exitStatus: z.int() }),
  /** The stage shows a moving picture, or no longer does: what the hall looks at keeps its display. */
  z.strictObject({ type: z.literal('stage_playing'), on: z.boolean() }),
  /** The windows change displays with one another, or are back in their places; sent at start too, before `ready`. */
  z.strictObject({ type: z.literal('swap_displays'), on: z.boolean() }),
  /** A sitting is open or live: keep the PC awake. */
  z.strictObject({ type: z.literal('keep_awake'), on: z.boolean() }),
  /** Somebody chose what to open: the core ends in order, and the next one is started in this. */
  z.strictObject({ type: z.literal('open'), opening: Opening }),
  /** The technician asked to close the kiosk. */
  z.strictObject({ type: z.literal('quit') }),
]);
export type FromCore = z.infer<typeof FromCore>;
