import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { WindowRole } from '../contract/shell.ts';

/**
 * Whether the windows' pages are whole files: a power cut soon after they were written can leave empty ones. Codes for the
 * console. Without the folder there are no windows, as in tests.
 */
export function checkPages(rendererDir: string): string[] {
  if (!existsSync(rendererDir)) return [];
  const pages = WindowRole.options.map((role) => path.join(rendererDir, role, 'index.html'));
  const isEmpty = (file: string) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
  return pages.some(isEmpty) ? ['program_files_damaged'] : [];
}
