import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import asar from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { makeStandInElectron } from './stand-in-electron.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isBuilt = fs.existsSync(path.join(root, 'dist/.stamp'));
/** States of a fuse, as characters in the program. */
const [OFF, ON] = [0x30, 0x31];

/** Packages that the Electron program loads: follows static and dynamic imports through our own files. */
function listImports(archive: string, entry: string): Set<string> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = asar.extractFile(archive, path.normalize(file)).toString('utf8');
    for (const [, name = ''] of text.matchAll(/(?:^|[\s;])(?:import|from)\s*\(?\s*["']([^"']+)["']/gm)) {
      if (name.startsWith('.')) queue.push(path.posix.join(path.posix.dirname(file), name));
      else if (!name.startsWith('node:'))
        packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  }
  return packages;
}

// Set-up builds before `npm test`; without a build there is nothing to pack.
test.runIf(isBuilt).each(['linux', 'win'] as const)(
  'the %s package holds what the kiosk loads, nothing of other systems, and locked fuses',
  { timeout: 180_000 },
  async (platform) => {
    const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
    try {
      makeStandInElectron(path.join(temp, 'electron'), platform);
      const builder = path.join(root, 'node_modules/electron-builder/cli.js');
      const config = [
        '--config',
        'build/electron-builder.json5',
        '--publish',
        'never',
        `--${platform}`,
        'dir',
        '--x64',
      ];
      const places = [`-c.electronDist=${temp}/electron`, `-c.directories.output=${temp}/out`];
      await promisify(execFile)(process.execPath, [builder, ...config, ...places], { cwd: root });
      const unpacked = path.join(temp, 'out', `${platform}-unpacked`);

      const archive = path.join(unpacked, 'resources/app.asar');
      const files = asar.listPackage(archive, { isPack: false }).map((f) => f.split(path.sep).join('/').slice(1));
      expect(files).toEqual(
        expect.arrayContaining([
          'package.json',
          'dist/core/start.js',
          'dist/shells/electron.js',
          'dist/renderer/stage/index.html',
          'electron/core/rehearsal/media/720.m2ts',
          'node_modules/better-sqlite3/lib/index.js',
        ]),
      );
      const foreign =
        /^node_modules\/(node-(linux|win|darwin)-|puppeteer-core|better-sqlite3\/(deps|src))|^dist\/types|^dist\/.*\.map$|^test\//;
      expect(files.filter((f) => foreign.test(f))).toEqual([]);
      const native = platform === 'win' ? 'win32' : 'linux';
      const programs = files.filter((f) => f.endsWith('.node'));
      expect(programs).toContain(`node_modules/better-sqlite3/prebuilds/${native}-x64.node`);
      expect(programs.filter((f) => !f.includes(`/${native}-`))).toEqual([]);
      // A program cannot be loaded from inside the archive.
      for (const program of programs) expect(fs.existsSync(path.join(`${archive}.unpacked`, program))).toBe(true);

      expect(listImports(archive, 'dist/core/start.js')).toContain('better-sqlite3');
      const known = new Set([...builtinModules, 'electron']);
      for (const entry of ['dist/shells/electron.js', 'dist/core/start.js'])
        for (const name of listImports(archive, entry))
          if (!known.has(name)) expect(files).toContain(`node_modules/${name}/package.json`);

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
