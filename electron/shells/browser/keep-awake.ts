import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** Holds the PC awake while `on`; `stop` lets go. */
export interface KeepAwake {
  set(on: boolean): void;
  stop(): void;
}

/**
 * On Linux asks logind not to idle or sleep, by a process that ends with its standard input and so never outlives us, and
 * turns the X screen saver off. Elsewhere nothing is done from here: the stage page holds a Screen Wake Lock itself.
 */
export function createKeepAwake(platform: string): KeepAwake {
  let holder: ChildProcess | null = null;
  const release = () => {
    holder?.stdin?.end();
    holder = null;
  };
  return {
    set(on) {
      if (platform !== 'linux' || on === (holder !== null)) return;
      if (!on) return release();
      run('xset', ['s', 'off', '-dpms']);
      const why = [
        '--what=idle:sleep:handle-lid-switch',
        '--who=Điểm cầu',
        '--why=Buổi học đang diễn ra',
        '--mode=block',
      ];
      holder = run('systemd-inhibit', [...why, 'cat']);
    },
    stop: release,
  };
}

function run(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  // Absent on a small installation: nothing to do.
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  return child;
}
