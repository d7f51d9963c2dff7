import { flips } from './flips.ts';
import { canary } from './canary.ts';
import { clocks } from './clocks.ts';
import { fuzzApi } from './fuzz-api.ts';
import { fuzz } from './fuzz.ts';
import type { Gate } from './gate.ts';
import { packages } from './packages.ts';
import { tamper } from './tamper.ts';

/** Every gate; one file each. */
export const GATES: readonly Gate[] = [packages, clocks, fuzz, fuzzApi, flips, tamper, canary];
