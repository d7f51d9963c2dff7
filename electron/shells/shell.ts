import type { ShellFacts, WindowRole } from '../contract/shell.ts';
import type { Display, ShellKey } from './layout.ts';
import type { Tokens } from '../contract/shell.ts';

/** Where the core listens, and the secrets that open it. */
export interface CoreAddress {
  port: number;
  tokens: Tokens;
}

/** What a shell reports. None of these may be called before `start` was called or after `stop` settled. */
export interface ShellEvents {
  /** Something in a page failed that the page itself did not catch; `text` is for the log. The window stays. */
  pageFault(role: WindowRole, text: string): void;
  /** A window closed, crashed, hangs, or shows something that is not ours. */
  windowLost(role: WindowRole, why: string): void;
  /** Every window is gone at once (the browser died); `start` is needed again. */
  shellLost(why: string): void;
  displaysChanged(displays: Display[]): void;
  key(key: ShellKey): void;
  /** The PC woke from sleep. */
  woke(): void;
  /** Somebody unlocked the PC: windows may have been moved or shrunk meanwhile. Only where the system tells. */
  unlocked(): void;
}

/**
 * What the supervisor needs from Electron or from a system browser. A shell holds no policy: which window lies where,
 * what is in front and when something is tried again is the supervisor's.
 */
export interface Shell {
  readonly kind: 'electron' | 'browser' | 'headless';
  /** Starts the browser; windows come with `open`. Called again after `shellLost`. Throws {@link ShellUnavailable} when trying again is no use. */
  start(events: ShellEvents): Promise<void>;
  /** The core's address for every window opened from now on. */
  connect(core: CoreAddress): void;
  /** Opens the window, full screen on the display; one that is already open is closed first. Settles when its document was loaded. */
  open(role: WindowRole, display: Display): Promise<void>;
  /** Closes the window for good; nothing when it is not open. Reports nothing. */
  close(role: WindowRole): Promise<void>;
  /** Moves an open window. */
  place(role: WindowRole, display: Display): Promise<void>;
  /** Brings a window to the front and gives it the keyboard. */
  show(role: WindowRole): Promise<void>;
  /** False when the window is open and does not fill the display, whatever moved or shrank it. True when it is not open. */
  fills(role: WindowRole, display: Display): Promise<boolean>;
  /**
   * Asks the page itself. False, or never settled, when the window is open and does not answer: the caller limits the wait.
   * No shell may rely on the browser's own notice of a hang, which comes for unanswered input only; the stage gets none.
   */
  answers(role: WindowRole): Promise<boolean>;
  /** Prints a page of the core (`/print/…`) to PDF bytes. After an abort it rejects soon, and nothing of it still runs. */
  printPdf(path: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Keeps the PC and its displays from sleeping, as far as the system lets us. */
  keepAwake(on: boolean): Promise<void>;
  displays(): Promise<Display[]>;
  /** The program that shows the windows; null while none runs. */
  program(): Promise<ShellFacts['program']>;
  /** Whether one of our windows has the keyboard, and the name of what has it instead, where the system says. */
  front(): Promise<Pick<ShellFacts, 'front' | 'frontName'>>;
  /** Closes everything that this shell started. */
  stop(): Promise<void>;
}

/** The shell cannot run on this machine as it is; the message is one sentence for the technician, in English. */
export class ShellUnavailable extends Error {
  override readonly name = 'ShellUnavailable';
  readonly vi: string | undefined;

  constructor(sentence: string, vi?: string) {
    super(sentence);
    this.vi = vi;
  }
}
