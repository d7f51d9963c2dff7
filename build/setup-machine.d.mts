import type { Machine } from './setup-steps.mjs';

/** The computer that this runs on. `root` is the folder of package.json. */
export declare function createMachine(root: string): Machine;
