import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startDisplay, type Display } from './display.ts';
import { must, NotHere } from './rows.ts';
import type { ProofUser } from './user.ts';

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
  readonly #folder: string;
  readonly #user: ProofUser;
  readonly #count: 1 | 2;
  #server: Display | null = null;

  /** `folder` takes its configuration and log; the user's programs show themselves on it. */
  constructor(options: { folder: string; user: ProofUser; displays: 1 | 2 }) {
    this.#folder = options.folder;
    this.#user = options.user;
    this.#count = options.displays;
  }

  /** Throws NotHere where Xorg cannot run. */
  async start(): Promise<void> {
    if (!fs.existsSync('/usr/lib/xorg/Xorg')) throw new NotHere('there is no Xorg');
    const config = path.join(this.#folder, 'xorg.conf');
    const log = path.join(this.#folder, 'xorg.log');
    fs.writeFileSync(config, CONFIG);
    // The program itself: the wrapper on the path asks who sits at the console.
    const args = ['-config', config, '-logfile', log, '-novtswitch', '-sharevts'];
    this.#server = await startDisplay('/usr/lib/xorg/Xorg', args, log);
    this.#user.display = this.#server.name;
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
    await this.#server?.stop();
    this.#server = null;
  }

  #must(...args: string[]): void {
    const env = { ...process.env, DISPLAY: this.#server?.name };
    must(spawnSync('xrandr', args, { env, stdio: 'ignore' }).status === 0, `xrandr ${args.join(' ')} failed`);
  }
}
