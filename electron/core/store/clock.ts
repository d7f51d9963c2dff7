import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { platform, uptime } from 'node:os';
import { hrtime } from 'node:process';
import type { Clock } from '../../contract/clock.ts';

export type { Clock } from '../../contract/clock.ts';

/** Where the time since the boot counts sleep and does not move when the clock is set. On macOS it moves. */
const COUNTS_SLEEP = new Set(['linux', 'win32']);

/** The PC's own clocks. On Linux the boot id is the kernel's; elsewhere each start of the core counts as a boot. */
export function systemClock(): Clock {
  let bootId: string;
  try {
    bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    bootId = randomUUID();
  }
  return {
    now: () => Date.now(),
    stamp: () => ({ wallMs: Date.now(), monoMs: Number(hrtime.bigint() / 1_000_000n), bootId }),
    ...(COUNTS_SLEEP.has(platform()) ? { sinceBootMs: () => Math.round(uptime() * 1000) } : {}),
  };
}
