import type { Opening, WindowRole } from '../../contract/shell.ts';
import { Signal } from '../../shared/signal.ts';
import { Autostart, type AutostartMachine } from './autostart.ts';
import { PcSettings } from './pc-settings.ts';

/** What the shell can do for the core. */
export interface ShellPort {
  /** Brings a window to the front. */
  show(role: WindowRole): void;
  quit(): void;
  keepAwake(on: boolean): void;
  /** The windows change displays with one another; remembered on this PC. */
  swapDisplays(): void;
  /** Ends this core; the next one opens this. */
  open(opening: Opening): void;
  /** How this kiosk is started by the system. */
  machine: AutostartMachine;
  /** Folder in which the settings of this PC are kept; absent: they are not. */
  settingsDir?: string;
  /** Seals what is secret among them; null where this PC has no key yet. */
  settingsKey?: Buffer | null;
}

/** The PC the core runs on: its windows and displays, whether it may sleep, and what is wrong with it. */
export class Pc {
  /** Displays, alarms or settings changed. */
  readonly changed = new Signal();
  /** A window was brought to the front. */
  readonly shown = new Signal<WindowRole>();
  /** Whether the kiosk starts with the desktop. */
  readonly autostart: Autostart;
  readonly settings: PcSettings;
  readonly #shell: ShellPort;
  readonly #alarms: Set<string>;
  #clockAlarms: readonly string[] = [];
  #displays = 0;
  #isAwake = false;

  /** `alarms`: stable codes of what was wrong before the start. */
  constructor(shell: ShellPort, alarms: readonly string[]) {
    this.#shell = shell;
    this.autostart = new Autostart(shell.machine);
    this.settings = new PcSettings(shell.settingsDir ?? null, shell.settingsKey);
    this.settings.changed.on(() => this.changed.emit());
    this.#alarms = new Set([...alarms, ...(this.settings.areLost ? ['pc_settings_lost'] : [])]);
  }

  /** Displays connected now. */
  get displays(): number {
    return this.#displays;
  }

  /** Stable codes. */
  get alarms(): readonly string[] {
    return [...this.#alarms, ...this.#clockAlarms];
  }

  /** Something of `alarms` is about the clock. */
  get isClockWrong(): boolean {
    return this.#clockAlarms.length > 0;
  }

  setDisplays(count: number): void {
    this.#displays = count;
    this.changed.emit();
  }

  raiseAlarm(code: string): void {
    this.#alarms.add(code);
    this.changed.emit();
  }

  clearAlarm(code: string): void {
    if (this.#alarms.delete(code)) this.changed.emit();
  }

  /** What is wrong with the clock now. */
  setClockAlarms(codes: readonly string[]): void {
    this.#clockAlarms = codes;
    this.changed.emit();
  }

  /** Whether the PC must not sleep; the shell hears only of changes. */
  keepAwake(on: boolean): void {
    if (on !== this.#isAwake) this.#shell.keepAwake((this.#isAwake = on));
  }

  show(role: WindowRole): void {
    this.#shell.show(role);
    this.shown.emit(role);
  }

  swapDisplays(): void {
    this.#shell.swapDisplays();
  }

  open(opening: Opening): void {
    this.#shell.open(opening);
  }

  quit(): void {
    this.#shell.quit();
  }
}
