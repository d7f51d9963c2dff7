import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { layFolder, listFiles, readProduct, ROOT } from './folder.ts';
import { CannotBuild, findProgram, getWindowsNode } from './programs.ts';
import { writeZip } from './zip.ts';

const run = promisify(execFile);
const SOURCES = path.join(ROOT, 'build/packages/windows');
const ICON = path.join(ROOT, 'build/icons/icon.ico');

/** Lays the folder that setup and zip share into `target`. Throws CannotBuild without makensis or without Windows' Node. */
export async function layWindowsFolder(target: string): Promise<void> {
  const makensis = findProgram('makensis');
  if (!makensis) throw new CannotBuild('the packages for Windows need makensis (apt-get install nsis)');
  layFolder(target, 'win', await getWindowsNode());
  await compile('launcher.nsi', { OUT: path.join(target, 'venue-kiosk.exe') });
}

/** Packs the folder as one installer for the whole PC; answers its path. `temp` is an empty folder. */
export async function buildSetup(out: string, folder: string, temp: string): Promise<string> {
  const list = path.join(temp, 'files.nsh');
  const files = listFiles(folder);
  fs.writeFileSync(list, listInNsis(folder, files));
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0);
  const file = path.join(out, `venue-kiosk-${readProduct().version}-win-x64-setup.exe`);
  fs.mkdirSync(out, { recursive: true });
  await compile('installer.nsi', { OUT: file, FILES: list, SIZE_KB: String(Math.ceil(bytes / 1024)) });
  return file;
}

/** Packs the same folder as an archive that runs from where it is unpacked, a stick for example; answers its path. */
export function buildZip(out: string, folder: string): string {
  const name = `venue-kiosk-${readProduct().version}-win-x64`;
  const file = path.join(out, `${name}-portable.zip`);
  fs.mkdirSync(out, { recursive: true });
  writeZip(file, folder, listFiles(folder), name);
  return file;
}

async function compile(script: string, defines: Record<string, string>): Promise<void> {
  const all = { VERSION: readProduct().version, ICON, ...defines };
  const args = ['-V1', '-WX', '-INPUTCHARSET', 'UTF8', ...Object.entries(all).map(([k, v]) => `-D${k}=${v}`)];
  await run('makensis', [...args, path.join(SOURCES, script)], { maxBuffer: 1 << 26 });
}

/** Two macros: one puts each file in its place, the other removes exactly those. */
function listInNsis(folder: string, files: readonly string[]): string {
  const windows = (file: string) => file.replaceAll('/', '\\').replaceAll('$', '$$$$');
  const folders = new Set<string>();
  for (const file of files)
    for (let at = path.posix.dirname(file); at !== '.'; at = path.posix.dirname(at)) folders.add(at);
  const install: string[] = [];
  let last = '';
  for (const file of files) {
    const at = path.posix.dirname(file);
    const target = at === '.' ? '$INSTDIR' : `$INSTDIR\\${windows(at)}`;
    if (target !== last) install.push(`  SetOutPath "${target}"`);
    last = target;
    install.push(`  File "${path.join(folder, file).replaceAll('$', '$$$$')}"`);
  }
  const deepestFirst = [...folders].sort((a, b) => b.split('/').length - a.split('/').length);
  const remove = [
    ...files.map((file) => `  Delete "$INSTDIR\\${windows(file)}"`),
    ...deepestFirst.map((at) => `  RMDir "$INSTDIR\\${windows(at)}"`),
  ];
  const macro = (name: string, lines: string[]) => `!macro ${name}\n${lines.join('\n')}\n!macroend\n`;
  return `\uFEFF${macro('INSTALL_FILES', install)}${macro('REMOVE_FILES', remove)}`;
}
