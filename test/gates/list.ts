import type { Gate } from './gate.ts';

import { packages } from './packages.ts';

/** Every gate; one file each. */
export const GATES: readonly Gate[] = [packages];
