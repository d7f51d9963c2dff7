import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { must, NotHere, waitFor } from './rows.ts';

/** A mode that the driver has by itself. */
const OPERATOR = { output: 'DUMMY0', mode: '1280x720' };
const PROJECTOR = {
  output: 'DUMMY1',
  mode: 'projector',
  timing: '173 1920 2048 2248 2576 1080 1083 1088 1120 -hsync +vsync'.split(' '),
};

/** Without the devices of this computer: only what tests send moves the pointer. */
const CONFIG = `Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 3840 1080
  EndSubSection
EndSection
`;

/**
 * Real X displays without hardware: Xorg with its dummy driver, and RandR outputs that a browser takes for monitors. The operator's is
 * the primary one; of two the projector's lies to the right of it.
 */
export class Xorg {
  readonly display: string;
  readonly #folder: string;
  readonly #count: 1 | 2;
  #server: ChildProcess | null = null;

  /** `folder` takes its configuration and log. */
  constructor(options: { folder: string; display: string; displays: 1 | 2 }) {
    this.display = options.display;
    this.#folder = options.folder;
    this.#count = options.displays;
  }

  async start(): Promise<void> {
    if (!fs.existsSync('/usr/lib/xorg/Xorg')) throw new NotHere('there is no Xorg');
    const config = path.join(this.#folder, 'xorg.conf');
    const log = path.join(this.#folder, 'xorg.log');
    fs.writeFileSync(config, CONFIG);
    // The program itself: the wrapper on the path asks who sits at the console.
    const args = [this.display, '-noreset', '-config', config, '-logfile', log, '-nolisten', 'tcp', '-novtswitch'];
    const server = spawn('/usr/lib/xorg/Xorg', [...args, '-sharevts'], { stdio: 'ignore' });
    this.#server = server;
    await waitFor(
      'Xorg',
      () => {
        must(server.exitCode === null, `Xorg ended: ${lastLine(log)}`);
        return this.#randr() === 0 ? true : null;
      },
      30_000,
    );
    this.#must('--output', OPERATOR.output, '--mode', OPERATOR.mode, '--primary');
    if (this.#count === 1) return;
    const { output, mode, timing } = PROJECTOR;
    this.#must('--newmode', mode, ...timing);
    this.#must('--addmode', output, mode);
    this.#must('--output', output, '--mode', mode, '--right-of', OPERATOR.output);
    // Only now does the server look which outputs are connected, and a browser asks for what it saw last.
    this.#must('--query');
  }

  /** Kills the server, as a power cut does. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server || server.exitCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
    const number = this.display.slice(1);
    for (const left of [`/tmp/.X${number}-lock`, `/tmp/.X11-unix/X${number}`]) fs.rmSync(left, { force: true });
  }

  #randr(...args: string[]): number | null {
    return spawnSync('xrandr', args, { env: { ...process.env, DISPLAY: this.display }, stdio: 'ignore' }).status;
  }

  #must(...args: string[]): void {
    must(this.#randr(...args) === 0, `xrandr ${args.join(' ')} failed`);
  }
}

function lastLine(file: string): string {
  return fs.existsSync(file) ? (fs.readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '') : 'no log';
}
