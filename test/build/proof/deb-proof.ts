import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CannotBuild } from '../../../build/packages/programs.ts';
import { CleanUp } from './clean-up.ts';
import { apt, isInstalled, NAME, needDebian } from './installed-deb.ts';
import { Rows } from './rows.ts';

/** A proof with the installed package: its rows, a folder of its own, and what is taken away at the end. */
export class DebProof {
  readonly rows = new Rows();
  readonly cleanUp = new CleanUp().onInterrupt();
  readonly temp: string;

  /** Ends the program where packages cannot be installed. `name`: part of the folder's name. */
  constructor(name: string) {
    needDebian();
    const temp = (this.temp = fs.mkdtempSync(path.join(os.tmpdir(), `kiosk-${name}-`)));
    this.cleanUp.add(() => fs.rmSync(temp, { recursive: true, force: true }));
    this.cleanUp.add(() => void (isInstalled() && apt('purge', NAME)));
  }

  /** Runs the proof, takes everything away again, writes `json` where asked, and sets the program's exit status. */
  async run(prove: () => Promise<void>, json: string | undefined): Promise<void> {
    try {
      await prove();
    } catch (cause) {
      if (!(cause instanceof CannotBuild)) throw cause;
      console.log(cause.message);
    } finally {
      await this.cleanUp.run();
    }
    process.exitCode = this.rows.close(json);
  }
}
