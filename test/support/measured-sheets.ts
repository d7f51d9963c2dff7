import { CONSOLE_DIALOGS } from './console-dialogs.ts';

/** Dialogs of real records: roster files on a stick, packages, the notice at the desk. Each is opened by the test that is named. */
export const MEASURED_ELSEWHERE = {
  'roster/roster-preview.tsx#1': 'roster-dialogs.spec.ts',
  'roster/roster-table.tsx#1': 'roster-dialogs.spec.ts',
  'roster/roster-table.tsx#2': 'roster-dialogs.spec.ts',
  'console/roster-restore.tsx#1': 'roster-dialogs.spec.ts',
  'console/roster-merge.tsx#1': 'roster-dialogs.spec.ts',
  'lobby/package-sheet.tsx#1': 'lobby-dialogs.spec.ts',
  'lobby/local-sheet.tsx#1': 'lobby-dialogs.spec.ts',
  'lobby/local-roster-sheet.tsx#1': 'lobby-roster.spec.ts',
  'lobby/address-sheet.tsx#1': 'lobby-dialogs.spec.ts',
  'lobby/quit-sheet.tsx#1': 'lobby-dialogs.spec.ts',
  'desk/privacy-sheet.tsx#1': 'desk-layout.spec.ts',
} as const;

/** Every sheet whose boxes and colours a browser test measures. */
export const MEASURED_SHEETS: readonly string[] = [
  ...new Set([...CONSOLE_DIALOGS.map(({ shows }) => shows), ...Object.keys(MEASURED_ELSEWHERE)]),
];
