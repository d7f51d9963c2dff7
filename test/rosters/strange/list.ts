import { CELLS } from './cells.ts';
import { HABITS } from './habits.ts';
import { HEADINGS } from './headings.ts';
import { MORE } from './more.ts';
import type { StrangeFile } from './strange-file.ts';

/** Roster files as a stranger would bring them, made in code. */
export const STRANGE_FILES: readonly StrangeFile[] = [...HEADINGS, ...CELLS, ...HABITS, ...MORE];
