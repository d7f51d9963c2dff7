import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hrtime } from 'node:process';

/** Two clocks and the boot they belong to: the wall clock may jump, the monotonic one may not within one boot. */
export interface Stamp {
  /** Epoch milliseconds of the PC's clock. */
  wallMs: number;
  /** Milliseconds of the monotonic clock. */
  monoMs: number;
  bootId: string;
}

export interface Clock {
  stamp(): Stamp;
  /** Epoch milliseconds. */
  now(): number;
}

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
  };
}
