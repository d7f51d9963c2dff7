import { CELLS } from './cells.ts';
import { CLERK_CELLS } from './clerk-cells.ts';
import { CLERK_FILES } from './clerk-files.ts';
import { CLERK_LISTS } from './clerk-lists.ts';
import { CLERK_TABLES } from './clerk-tables.ts';
import { CLERK_WORDS } from './clerk-words.ts';
import { CLERK_WRITING } from './clerk-writing.ts';
import { HABITS } from './habits.ts';
import { HEADINGS } from './headings.ts';
import { MORE } from './more.ts';
import type { StrangeFile } from './strange-file.ts';

/** Roster files as a stranger would bring them, made in code. */
export const STRANGE_FILES: readonly StrangeFile[] = [
  ...HEADINGS,
  ...CELLS,
  ...HABITS,
  ...MORE,
  ...CLERK_TABLES,
  ...CLERK_WORDS,
  ...CLERK_CELLS,
  ...CLERK_FILES,
  ...CLERK_LISTS,
  ...CLERK_WRITING,
];
