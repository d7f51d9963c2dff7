import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import asar from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { listModules } from '../../build/packages/closure.ts';
import { compareContents, LEFT_OUT } from '../../build/packages/contents.ts';
import { electronConfig as config } from '../../build/packages/electron-config.ts';
import { findElectron } from '../../build/packages/electron.ts';
import { listEntries } from '../../build/packages/folder.ts';
import { makeStandInElectron } from './stand-in-electron.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isBuilt = fs.existsSync(path.join(root, 'dist/.stamp'));
/** States of a fuse, as characters in the program. */
const [OFF, ON] = [0x30, 0x31];

// Set-up builds before `npm test`; without a build there is nothing to pack.
test.runIf(isBuilt).each(['linux', 'win'] as const)(
  'the %s package holds what the kiosk loads, nothing of other systems, and locked fuses',
  { timeout: 180_000 },
  async (platform) => {
    const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
    try {
      makeStandInElectron(path.join(temp, 'electron'), platform);
      const builder = path.join(root, 'node_modules/electron-builder/cli.js');
      const args = ['--config', 'build/electron-builder.mjs', '--publish', 'never', `--${platform}`, 'dir', '--x64'];
      const places = [`-c.electronDist=${temp}/electron`, `-c.directories.output=${temp}/out`];
      await promisify(execFile)(process.execPath, [builder, ...args, ...places], { cwd: root });
      const unpacked = path.join(temp, 'out', `${platform}-unpacked`);

      const archive = path.join(unpacked, 'resources/app.asar');
      const entries = asar.listPackage(archive, { isPack: false });
      const files = entries
        .filter((entry) => !('files' in asar.statFile(archive, entry.slice(1))))
        .map((entry) => entry.split(path.sep).join('/').slice(1));
      expect(compareContents(files, `electron-${platform}`)).toEqual({ unlisted: [], missing: [], unwanted: [] });
      const programs = files.filter((f) => f.endsWith('.node'));
      expect(programs).toHaveLength(1);
      // A program cannot be loaded from inside the archive.
      for (const program of programs) expect(fs.existsSync(path.join(`${archive}.unpacked`, program))).toBe(true);
      for (const { name, folder } of listModules(root, listEntries('electron')))
        if (!LEFT_OUT.includes(name)) expect(files).toContain(`${folder}/package.json`);

      expect(fs.readdirSync(path.join(unpacked, 'locales')).sort()).toEqual(['en-US.pak', 'vi.pak']);
      const program = path.join(unpacked, platform === 'win' ? 'venue-kiosk.exe' : 'venue-kiosk');
      expect(await getCurrentFuseWire(program)).toMatchObject({
        [FuseV1Options.RunAsNode]: OFF,
        [FuseV1Options.EnableCookieEncryption]: ON,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
        [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
        [FuseV1Options.OnlyLoadAppFromAsar]: ON,
        [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
      });
    } finally {
      fs.rmSync(temp, { recursive: true, force: true });
    }
  },
);

test('each of the Electron packages has a file name of its own', () => {
  const names = [config.nsis, config.portable, config.appImage, config.deb].map(({ artifactName }) =>
    artifactName.replace('${ext}', 'x'),
  );
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
  expect(config.deb.packageName).not.toBe('venue-kiosk');
});

test("Electron's program is looked for before anything is built", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-'));
  try {
    const asked: string[] = [];
    const search = { root: folder, version: '45.4.1', folder: null, mirror: null };
    const reaches = (answer: boolean) => (url: string) => {
      asked.push(url);
      return Promise.resolve(answer);
    };
    expect(await findElectron('win', { ...search, mirror: 'https://mirror.example/', reaches: reaches(true) })).toBe(
      'download',
    );
    expect(asked).toEqual(['https://mirror.example/v45.4.1/electron-v45.4.1-win32-x64.zip']);
    const nowhere = await findElectron('linux', { ...search, reaches: reaches(false) });
    expect(nowhere).toEqual({
      sentence: expect.stringMatching(/electron-v45\.4\.1-linux-x64\.zip.*--electron FOLDER\.$/u),
    });
    fs.writeFileSync(path.join(folder, 'electron-v45.4.1-win32-x64.zip'), '');
    const given = { ...search, folder, reaches: reaches(false) };
    expect(await findElectron('win', given)).toEqual({ folder });
    // That of another system is of no use.
    expect(await findElectron('linux', given)).toHaveProperty('sentence');
    fs.mkdirSync(path.join(folder, 'node_modules/electron/dist'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'node_modules/electron/dist/electron'), '');
    expect(await findElectron('linux', { ...search, reaches: reaches(false) })).toEqual({
      folder: path.join(folder, 'node_modules/electron/dist'),
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
