import { flips } from './flips.ts';
import type { Gate } from './gate.ts';

/** Every gate; one file each. */
export const GATES: readonly Gate[] = [flips];
