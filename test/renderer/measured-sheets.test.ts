import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MEASURED_ELSEWHERE, MEASURED_SHEETS } from '../support/measured-sheets.ts';

const RENDERER = path.resolve(import.meta.dirname, '../../renderer');

/** Every use of the sheet, `file#number`, and whatever calls itself a dialog without it. */
function listSheets(file: string, code: string): string[] {
  const uses = [...code.matchAll(/(?<!\w)<Sheet(?=[\s>])/gu)].map((_, nth) => `${file}#${nth + 1}`);
  const others = [...code.matchAll(/<dialog(?=[\s>])|role="dialog"/gu)].map(() => `${file}: a dialog of its own`);
  return [...uses, ...(file === 'ui/sheet.tsx' ? [] : others)];
}

test('every sheet of the windows is measured by a browser test, and nothing else calls itself a dialog', () => {
  const found = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => listSheets(file.replaceAll('\\', '/'), readFileSync(path.join(RENDERER, file), 'utf8')));
  expect(found.toSorted()).toEqual(MEASURED_SHEETS.toSorted());
  for (const spec of Object.values(MEASURED_ELSEWHERE))
    expect([spec, existsSync(path.resolve(import.meta.dirname, '../e2e', spec))]).toEqual([spec, true]);
});

test('a sheet that nobody measures is found', () => {
  expect(
    listSheets('a.tsx', '<Sheet\n  title={t}>\n<SheetFoot />\nuseState<Sheet | null>;\n<Sheet title="" />'),
  ).toEqual(['a.tsx#1', 'a.tsx#2']);
  expect(listSheets('a.tsx', '<div role="dialog">')).toEqual(['a.tsx: a dialog of its own']);
});
