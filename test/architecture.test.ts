import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'rolldown/experimental';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Rooms from the bottom up, and what each may import besides packages. `types:` allows `import type` only. */
const TOPICS = ['attendance', 'sitting', 'broadcast', 'provisioning', 'report', 'delivery', 'access', 'health'];
const RULES: Record<string, string[]> = {
  'electron/contract': [],
  'electron/shared': ['electron/contract'],
  'electron/core/store': ['electron/contract', 'electron/shared'],
  'electron/core/network': ['electron/contract', 'electron/shared'],
  ...Object.fromEntries(
    TOPICS.map((t) => [
      `electron/core/${t}`,
      ['electron/contract', 'electron/shared', 'electron/core/store', 'electron/core/network'],
    ]),
  ),
  'electron/core/rehearsal': ['electron/contract', 'electron/core/store/durable-file.ts'],
  'electron/core/http': [
    'electron/contract',
    'electron/shared',
    'electron/core/store',
    ...TOPICS.map((t) => `electron/core/${t}`),
  ],
  'electron/core': ['electron/contract', 'electron/shared', 'electron/core'],
  'electron/shells': ['electron/contract'],
  renderer: ['electron/contract', 'electron/shared', 'types:electron/core/http'],
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function listSources(dir: string): string[] {
  return readdirSync(path.join(ROOT, dir), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** Imports of a file by the parser's own record of its module: comments and strings cannot be mistaken for one. */
export function listImports(file: string, code = readFileSync(path.join(ROOT, file), 'utf8')): Import[] {
  const { module } = parseSync(file, code);
  const statics = module.staticImports.map((i) => ({
    specifier: i.moduleRequest.value,
    typeOnly: i.entries.length > 0 && i.entries.every((e) => e.isType),
  }));
  const exports = module.staticExports.flatMap((e) =>
    e.entries.filter((x) => x.moduleRequest).map((x) => ({ specifier: x.moduleRequest!.value, typeOnly: x.isType })),
  );
  const dynamics = module.dynamicImports.map((d) => ({
    specifier: code.slice(d.moduleRequest.start, d.moduleRequest.end).replaceAll(/['"`]/gu, ''),
    typeOnly: false,
  }));
  return [...statics, ...exports, ...dynamics].map(({ specifier, typeOnly }) => ({
    file,
    typeOnly,
    target: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
  }));
}

function roomOf(file: string): string {
  const room = Object.keys(RULES)
    .toSorted((a, b) => b.length - a.length)
    .find((r) => file.startsWith(`${r}/`));
  if (!room) throw new Error(`${file} lies in no room of the design: give its folder a rule in this test.`);
  return room;
}

function inside(target: string, place: string): boolean {
  return target === place || target.startsWith(`${place}/`);
}

/** One sentence for each wrong arrow. */
export function findFaults(imports: readonly Import[]): string[] {
  const faults: string[] = [];
  for (const { file, target, typeOnly } of imports) {
    const room = roomOf(file);
    const isOurs =
      inside(target, 'electron') || inside(target, 'renderer') || inside(target, 'test') || inside(target, 'build');
    if (target === 'electron' || target.startsWith('electron/main')) {
      const allowed = room === 'electron/shells' && (typeOnly || file.startsWith('electron/shells/electron/'));
      if (target === 'electron' && !allowed) {
        faults.push(
          `${file} imports electron; only the Electron shell may, because the core and the windows must run without it.`,
        );
        continue;
      }
    }
    if (target.includes('better-sqlite3') && room !== 'electron/core/store') {
      faults.push(
        `${file} imports better-sqlite3; all SQL belongs in electron/core/store, so that one place owns durability.`,
      );
    }
    if (!isOurs || target === 'electron' || inside(target, room)) continue;
    const may = (RULES[room] ?? []).some((rule) =>
      rule.startsWith('types:') ? typeOnly && inside(target, rule.slice(6)) : inside(target, rule),
    );
    if (!may)
      faults.push(
        `${file} imports ${target}; ${room} may only use ${(RULES[room] ?? []).join(', ') || 'packages'}, so that arrows go downward.`,
      );
  }
  return faults;
}

test('imports go only downward and topics do not know each other', () => {
  const files = [...listSources('electron'), ...listSources('renderer')];
  expect(files.length).toBeGreaterThan(50);
  expect(findFaults(files.flatMap((file) => listImports(file)))).toEqual([]);
});

test('the check finds each kind of wrong arrow', () => {
  const wrong: [string, string][] = [
    ['electron/core/store/x.ts', `import { fold } from '../attendance/fold.ts';`],
    ['electron/core/attendance/x.ts', `import { Watcher } from '../broadcast/watcher.ts';`],
    ['electron/core/report/x.ts', `export { Watcher } from '../broadcast/watcher.ts';`],
    ['electron/core/sitting/x.ts', `const m = await import('../delivery/courier.ts');`],
    ['electron/contract/x.ts', `import { app } from 'electron';`],
    ['electron/core/health/x.ts', `import Database from 'better-sqlite3';`],
    ['renderer/desk/x.ts', `import { createApi } from '../../electron/core/http/app.ts';`],
    ['electron/shells/x.ts', `import { Store } from '../core/store/store.ts';`],
  ];
  for (const [file, code] of wrong)
    expect({ code, faults: findFaults(listImports(file, code)).length }).toEqual({ code, faults: 1 });
  expect(
    findFaults(listImports('renderer/client/x.ts', `import type { DeskApi } from '../../electron/core/http/app.ts';`)),
  ).toEqual([]);
});

test('every file of the core and the windows is free of default exports', () => {
  const files = [...listSources('electron'), ...listSources('renderer')];
  const found = files.filter((file) => /^export default/mu.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(found).toEqual([]);
});
