import { flips } from './flips.ts';
import { kill } from './kill.ts';
import { twins } from './twins.ts';
import { canary } from './canary.ts';
import { clocks } from './clocks.ts';
import { diskFull } from './disk-full.ts';
import { eio } from './eio.ts';
import { fuzzApi } from './fuzz-api.ts';
import { fuzz } from './fuzz.ts';
import type { Gate } from './gate.ts';
import { packages } from './packages.ts';
import { power } from './power.ts';
import { tamper } from './tamper.ts';

/** Every gate; one file each. */
export const GATES: readonly Gate[] = [
  packages,
  clocks,
  fuzz,
  fuzzApi,
  flips,
  tamper,
  canary,
  kill,
  twins,
  eio,
  diskFull,
  power,
];
