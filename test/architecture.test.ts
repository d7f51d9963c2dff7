import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'rolldown/experimental';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Rooms from the bottom up, and what each may import besides packages and itself. */
const TOPICS = ['attendance', 'sitting', 'broadcast', 'provisioning', 'report', 'delivery', 'access'];
const BASE = ['electron/contract', 'electron/shared'];
const RULES: Record<string, string[]> = {
  'electron/contract': [],
  'electron/shared': ['electron/contract'],
  // How a line of the log is written, the same for core and shells.
  'electron/log': [],
  'electron/core/store': BASE,
  'electron/core/network': BASE,
  ...Object.fromEntries(
    TOPICS.map((t) => [`electron/core/${t}`, [...BASE, 'electron/core/store', 'electron/core/network']]),
  ),
  'electron/core/rehearsal': [...BASE, 'electron/core/store/durable-file.ts'],
  'electron/core/hall': [
    ...BASE,
    'electron/core/store',
    'electron/core/network',
    ...TOPICS.map((t) => `electron/core/${t}`),
  ],
  'electron/core/health': [
    ...BASE,
    'electron/core/store',
    'electron/core/network',
    ...TOPICS.map((t) => `electron/core/${t}`),
    'electron/core/hall',
  ],
  'electron/core/lobby': [
    ...BASE,
    'electron/core/store',
    ...TOPICS.map((t) => `electron/core/${t}`),
    'electron/core/hall',
  ],
  'electron/core/http': [
    ...BASE,
    'electron/core/store',
    ...TOPICS.map((t) => `electron/core/${t}`),
    'electron/core/hall',
    'electron/core/health',
    'electron/core/lobby',
  ],
  'electron/core': [...BASE, 'electron/core', 'electron/log'],
  'electron/shells': [...BASE, 'electron/log'],
  renderer: BASE,
};

interface Import {
  file: string;
  target: string;
  /** Only types are imported: such an arrow is an arrow all the same, except towards the types of Electron. */
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
    const may = (RULES[room] ?? []).some((rule) => inside(target, rule));
    if (!may)
      faults.push(
        `${file} imports ${target}; ${room} may only use ${(RULES[room] ?? []).join(', ') || 'packages'}, so that arrows go downward.`,
      );
  }
  return faults;
}

/** Files that import each other in a circle, each circle as one sorted list. */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, Set<string>>();
  for (const { file, target } of imports) targets.set(file, (targets.get(file) ?? new Set()).add(target));
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const todo = [...(targets.get(from) ?? [])];
    for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      todo.push(...(targets.get(file) ?? []));
    }
    return seen;
  };
  const reached = new Map([...targets.keys()].map((file) => [file, reach(file)]));
  const circles = new Map<string, string[]>();
  for (const [file, seen] of reached) {
    if (!seen.has(file)) continue;
    const circle = [...seen].filter((other) => reached.get(other)?.has(file)).toSorted();
    circles.set(circle.join(), circle);
  }
  return [...circles.values()];
}

type Node = { type: string } & Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Functions and classes of a file, besides those handed to a call: a schema's own checks and transformations. */
export function findLogic(file: string, code = readFileSync(path.join(ROOT, file), 'utf8')): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return undefined;
    if (/^(Function|ArrowFunction|Class)/u.test(value.type)) {
      found.push(
        `${file} holds a ${value.type}; electron/contract is schemas and types, logic belongs in electron/shared.`,
      );
      return undefined;
    }
    for (const [key, child] of Object.entries(value))
      if (!(value.type === 'CallExpression' && key === 'arguments') && !key.startsWith('type')) visit(child);
    return undefined;
  };
  visit(parseSync(file, code).program.body);
  return found;
}

function listAllImports(): Import[] {
  const files = [...listSources('electron'), ...listSources('renderer')];
  expect(files.length).toBeGreaterThan(50);
  return files.flatMap((file) => listImports(file));
}

test('imports go only downward and topics do not know each other', () => {
  expect(findFaults(listAllImports())).toEqual([]);
});

test('no file imports itself by a detour, not even for a type', () => {
  expect(findCircles(listAllImports())).toEqual([]);
  // The rules themselves allow none.
  const rooms = Object.entries(RULES).flatMap(([file, targets]) =>
    targets.filter((target) => target !== file).map((target) => ({ file, target, typeOnly: false })),
  );
  expect(findCircles(rooms)).toEqual([]);
});

test('the contract is schemas and types, without logic', () => {
  const files = listSources('electron/contract');
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => findLogic(file))).toEqual([]);
});

test('the check finds each kind of wrong arrow', () => {
  const wrong: [string, string][] = [
    ['electron/core/store/x.ts', `import { fold } from '../attendance/fold.ts';`],
    ['electron/core/attendance/x.ts', `import { Watcher } from '../broadcast/watcher.ts';`],
    ['electron/core/report/x.ts', `export { Watcher } from '../broadcast/watcher.ts';`],
    ['electron/core/sitting/x.ts', `const m = await import('../delivery/courier.ts');`],
    ['electron/core/broadcast/x.ts', `import type { Api } from '../http/app.ts';`],
    ['electron/core/attendance/y.ts', `import type { Hall } from '../hall/hall.ts';`],
    ['electron/core/hall/x.ts', `import { Api } from '../http/app.ts';`],
    ['electron/core/hall/y.ts', `import type { Core } from '../compose.ts';`],
    ['electron/core/hall/z.ts', `import { Health } from '../health/health.ts';`],
    ['electron/core/health/x.ts', `import { Api } from '../http/app.ts';`],
    ['electron/core/access/x.ts', `import type { CoreLog } from '../core-log.ts';`],
    ['electron/contract/x.ts', `import { app } from 'electron';`],
    ['electron/contract/y.ts', `import { assert } from '../shared/result.ts';`],
    ['electron/shared/x.ts', `import { useTexts } from '../../renderer/i18n/use-texts.ts';`],
    ['electron/core/delivery/x.ts', `import Database from 'better-sqlite3';`],
    ['renderer/desk/x.ts', `import { createApi } from '../../electron/core/http/app.ts';`],
    ['renderer/client/x.ts', `import type { DeskApi } from '../../electron/core/http/app.ts';`],
    ['electron/shells/x.ts', `import { Store } from '../core/store/store.ts';`],
  ];
  for (const [file, code] of wrong)
    expect({ code, faults: findFaults(listImports(file, code)).length }).toEqual({ code, faults: 1 });
});

test('the check finds a planted circle, of values or of types', () => {
  const imports = [
    ...listImports('electron/core/sitting/a.ts', `import { b } from './b.ts';`),
    ...listImports('electron/core/sitting/b.ts', `import type { C } from './c.ts'; import { d } from './d.ts';`),
    ...listImports('electron/core/sitting/c.ts', `export * from './a.ts';`),
    ...listImports('electron/core/sitting/d.ts', `export const d = 1;`),
  ];
  const room = 'electron/core/sitting';
  expect(findCircles(imports)).toEqual([[`${room}/a.ts`, `${room}/b.ts`, `${room}/c.ts`]]);
  expect(findCircles(imports.filter(({ target }) => !target.endsWith('/c.ts')))).toEqual([]);
});

test('the check finds planted logic in the contract, and lets schemas be', () => {
  const logic = [
    'export function fold(text: string): string { return text; }',
    'export const fold = (text: string) => text;',
    'export const TABLE = { fold(text: string) { return text; } };',
    'export class Assembler {}',
    'const later = (() => 1)();',
    'function inner() {} export const x = 1;',
  ];
  for (const code of logic)
    expect({ code, found: findLogic('electron/contract/x.ts', code).length }).toEqual({ code, found: 1 });
  const schema = `export const Name = z.string().transform((s) => s.trim()).refine(function (s) { return s !== ''; });
    export type Name = z.infer<typeof Name>; export interface A { f(): void } export const LIMIT = 5 * 60;`;
  expect(findLogic('electron/contract/x.ts', schema)).toEqual([]);
});

/** The walks of `electron/README.md`: title → files in order. */
function listWalks(text: string): Map<string, string[]> {
  const section = /\n## Two walks\n([^]*?)\n## /u.exec(text)?.[1] ?? '';
  const walks = section.split(/\n### /u).slice(1);
  return new Map(
    walks.map((walk) => [
      walk.split('\n')[0] ?? '',
      [...walk.matchAll(/^\d+\. `([^`]+)`: \S/gmu)].map((m) => m[1] ?? ''),
    ]),
  );
}

test('each walk of the map is at most twenty files that exist, and enters the composition once', () => {
  const walks = listWalks(readFileSync(path.join(ROOT, 'electron/README.md'), 'utf8'));
  expect([...walks.keys()]).toEqual(['From a typed name to the report', 'From ENDLIST to the receipt']);
  for (const [title, files] of walks) {
    expect({
      title,
      missing: files.filter((file) => !existsSync(path.join(ROOT, file))),
      isShort: files.length > 10 && files.length <= 20,
      repeated: files.length - new Set(files).size,
      compositions: files.filter((file) => file.endsWith('/compose.ts')).length,
    }).toEqual({ title, missing: [], isShort: true, repeated: 0, compositions: 1 });
  }
});

/** Interfaces of a file whose name ends in `Ports`, with the number of their members. */
function listPorts(
  file: string,
  code = readFileSync(path.join(ROOT, file), 'utf8'),
): { name: string; members: number }[] {
  return parseSync(file, code).program.body.flatMap((node) => {
    const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    if (declared?.type !== 'TSInterfaceDeclaration' || !declared.id.name.endsWith('Ports')) return [];
    return [{ name: declared.id.name, members: declared.body.body.length }];
  });
}

test('a router or a view is given at most six ports, and the composition is a list of at most 150 lines', () => {
  const ports = listSources('electron/core/http').flatMap((file) => listPorts(file));
  expect(ports.length).toBeGreaterThan(6);
  expect(ports.filter(({ members }) => members > 6)).toEqual([]);
  expect(listPorts('electron/core/http/x.ts', 'export interface XPorts { a: 1; b: 1; c(): void }')).toEqual([
    { name: 'XPorts', members: 3 },
  ]);
  expect(readFileSync(path.join(ROOT, 'electron/core/compose.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(150);
});

/** Lines of a file, as an editor counts them. */
function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Files beyond this are two jobs. Texts of i18n are lists, which nobody reads from end to end. */
const LONGEST_FILE = 300;
test('no file of the core, the shells and the windows is longer than 300 lines', () => {
  const files = [...listSources('electron'), ...listSources('renderer')].filter(
    (file) => !file.startsWith('renderer/i18n/') && !file.startsWith('electron/shared/checks/texts-'),
  );
  const lengths = files.map((file) => ({ file, lines: countLines(readFileSync(path.join(ROOT, file), 'utf8')) }));
  expect(lengths.filter(({ lines }) => lines > LONGEST_FILE)).toEqual([]);
  expect(countLines('a\n'.repeat(300))).toBe(300);
  expect(countLines(`${'a\n'.repeat(300)}b`)).toBe(301);
});

const PackageJson = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});

const PACKAGE = /^(?:@[a-z0-9-]+\/)?[a-z0-9][a-z0-9.-]*(?=\/|$)/u;
const OUR_FOLDER = /^(?:electron\/(?:contract|core|log|shared|shells)|renderer|test|build)\//u;

/** `hono/streaming` → `hono`, `@hono/node-server/x` → `@hono/node-server`; null for our own files, Node's, and what is computed. */
function packageOf(specifier: string): string | null {
  if (OUR_FOLDER.test(specifier) || /[:()]/u.test(specifier)) return null;
  return PACKAGE.exec(specifier)?.[0] ?? null;
}

test('every package that is imported is declared, and what ships is what the core imports', () => {
  const declared = PackageJson.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
  const importedBy = (...dirs: string[]) =>
    new Set(
      dirs
        .flatMap(listSources)
        .flatMap((file) => listImports(file))
        .flatMap(({ target }) => packageOf(target) ?? []),
    );
  const all = { ...declared.devDependencies, ...declared.optionalDependencies, ...declared.dependencies };
  expect([...importedBy('electron', 'renderer', 'test', 'build')].filter((name) => !Object.hasOwn(all, name))).toEqual(
    [],
  );
  // The windows are bundled, and so are the playlist parser of hls.js, the writer of Word files and that of zips in the core; the
  // Electron program brings `electron` itself. Fonts are files.
  const bundled = ['electron', 'hls.js', 'docx', 'fflate'];
  const shipped = [...importedBy('electron')].filter((name) => !bundled.includes(name));
  const fonts = ['@expo-google-fonts/stix-two-text', '@fontsource/tinos'];
  expect([...shipped, ...fonts].toSorted()).toEqual(Object.keys(declared.dependencies).toSorted());
  expect(
    ['hono/streaming', '@hono/node-server/x', 'node:fs', 'electron/core/x.ts', 'electron/main'].map(packageOf),
  ).toEqual(['hono', '@hono/node-server', null, null, 'electron']);
});

test('every file of the core and the windows is free of default exports', () => {
  const files = [...listSources('electron'), ...listSources('renderer')];
  const found = files.filter((file) => /^export default/mu.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(found).toEqual([]);
});
