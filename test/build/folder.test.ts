import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compareContents, CONTENTS, isWanted, patternOf } from '../../build/packages/contents.ts';
import { layFolder, listFiles, readProduct, ROOT } from '../../build/packages/folder.ts';
import { getWindowsNode, WINDOWS_NODE } from '../../build/packages/programs.ts';
import { writeZip } from '../../build/packages/zip.ts';

const isBuilt = fs.existsSync(path.join(ROOT, 'dist/.stamp'));

function makeTemp(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'folder-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The folder as it is packed, with an empty file for Node. */
function lay(system: 'linux' | 'win'): string {
  const temp = makeTemp();
  fs.writeFileSync(path.join(temp, 'node'), '');
  const folder = path.join(temp, 'app');
  layFolder(folder, system, path.join(temp, 'node'));
  // The packager for Windows makes it of a script.
  if (system === 'win') fs.writeFileSync(path.join(folder, 'venue-kiosk.exe'), '');
  return folder;
}

test.runIf(isBuilt).each(['linux', 'win'] as const)('the folder for %s holds exactly what is listed', (system) => {
  const folder = lay(system);
  const files = listFiles(folder);
  expect(compareContents(files, system)).toEqual({ unlisted: [], missing: [], unwanted: [] });
  // Control: the list notices a file too many, and each kind of file that is gone.
  expect(compareContents([...files, 'test/fixtures/province-vectors.json'], system).unlisted).toHaveLength(1);
  const other = `node_modules/better-sqlite3/prebuilds/${system === 'win' ? 'linux-x64' : 'win32-x64'}.node`;
  expect(compareContents([...files, other], system).unwanted).toEqual([other]);
  for (const { path: line } of CONTENTS.filter((l) => !l.only || l.only.includes(system)))
    expect(
      compareContents(
        files.filter((file) => !patternOf(line).test(file)),
        system,
      ).missing,
    ).toContain(line);
});

test.runIf(isBuilt)('nothing in the folder can be changed by others, and what is there fits together', () => {
  const folder = lay('linux');
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    expect(fs.lstatSync(path.join(folder, entry)).mode & 0o022).toBe(0);
  const kept = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(kept).toMatchObject({ type: 'module', version: readProduct().version });
  expect(kept).not.toHaveProperty('scripts');
  // The packed core starts: it finds all that it imports and says that it wants its supervisor.
  const said = (() => {
    try {
      return execFileSync(process.execPath, [path.join(folder, 'dist/core/start.js')], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (cause) {
      return (cause as { stderr: string }).stderr;
    }
  })();
  expect(said).toBe('The core is started by the kiosk: npm start\n');
  const help = execFileSync(process.execPath, [path.join(folder, 'dist/shells/start.js'), '--help'], {
    encoding: 'utf8',
  });
  expect(help).toContain('--package FILE');
});

test('sources, types and tests of packages stay out, what the kiosk reads goes in', () => {
  for (const file of [
    'node_modules/a/index.d.mts',
    'node_modules/a/test/x.js',
    'node_modules/a/README.md',
    'dist/x.js.map',
  ])
    expect(isWanted(file, 'linux')).toBe(false);
  for (const file of ['node_modules/a/LICENSE', 'electron/core/rehearsal/media/720.m2ts', 'lockdown/README.md'])
    expect(isWanted(file, 'linux')).toBe(true);
});

test('a Node with another checksum is not packed', async () => {
  const temp = makeTemp();
  const archive = path.join(temp, `${WINDOWS_NODE.name}-${WINDOWS_NODE.version}.tgz`);
  fs.writeFileSync(archive, 'something else');
  await expect(getWindowsNode(temp)).rejects.toThrow(/another checksum.*run the command again\.$/u);
  expect(fs.existsSync(archive)).toBe(false);
});

test('the archive is one that others read, with names in Vietnamese', () => {
  const temp = makeTemp();
  fs.mkdirSync(path.join(temp, 'in/Tài liệu'), { recursive: true });
  fs.writeFileSync(path.join(temp, 'in/Tài liệu/điểm cầu.txt'), 'xin chào\n'.repeat(1000));
  fs.writeFileSync(path.join(temp, 'in/empty'), '');
  writeZip(path.join(temp, 'a.zip'), path.join(temp, 'in'), listFiles(path.join(temp, 'in')), 'top');
  const script = `import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip()); print(len(z.read('top/Tài liệu/điểm cầu.txt'))); print(sorted(z.namelist()))`;
  let answer: string;
  try {
    answer = execFileSync('python3', ['-c', script, path.join(temp, 'a.zip')], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONUTF8: '1' },
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    return;
  }
  expect(answer.trim().split('\n')).toEqual(['None', '10000', "['top/Tài liệu/điểm cầu.txt', 'top/empty']"]);
});
