import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

/** A package of node_modules: its name, and its folder from the root of the tree, with `/`. */
export interface Module {
  name: string;
  folder: string;
}

const BUILT_IN = new Set(builtinModules);
const IMPORT = /(?:^|[\s;}])(?:import|from)\s*\(?\s*["']([\w@./:-]+)["']/gmu;

/** Names of packages that a built program imports, through its own chunks; `entry` is a path from `root`. */
export function listImports(root: string, entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const names = new Set<string>();
  const queue = entries.map((entry) => path.join(root, entry));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, name = ''] of fs.readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (name.startsWith('.')) queue.push(path.join(path.dirname(file), name));
      else if (!name.startsWith('node:') && !BUILT_IN.has(name) && name !== 'electron') names.add(nameOf(name));
    }
  }
  return [...names].sort();
}

function nameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The packages that `entries` import and all that those depend on, found as Node finds them, sorted by folder. */
export function listModules(root: string, entries: readonly string[]): Module[] {
  const found = new Map<string, Module>();
  const queue = listImports(root, entries).map((name) => ({ name, from: root }));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const folder = findModule(next.name, next.from, root);
    if (folder === null) throw new Error(`${next.name}, wanted by ${next.from}, is not installed`);
    const known = path.relative(root, folder).split(path.sep).join('/');
    if (found.has(known)) continue;
    found.set(known, { name: next.name, folder: known });
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> };
    for (const name of Object.keys(dependencies))
      if (!(name in optionalDependencies)) queue.push({ name, from: folder });
  }
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The nearest node_modules at or above `from` that holds the package. */
function findModule(name: string, from: string, root: string): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(place, 'package.json'))) return place;
    if (folder === root || folder === path.dirname(folder)) return null;
  }
}
