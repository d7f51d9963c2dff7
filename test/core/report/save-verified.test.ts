import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { saveVerified } from '../../../electron/core/report/save-verified.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'stick-'));
const bytes = Buffer.from('báo cáo niêm phong'.repeat(1000), 'utf8');

test('what is saved is on the stick byte by byte, and nothing else is left beside it', async () => {
  const dir = folder();
  const saved = await saveVerified(dir, 'bao-cao.jose', bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(saved).toEqual({
    ok: true,
    value: { file: 'bao-cao.jose', path: path.join(dir, 'bao-cao.jose'), sizeBytes: bytes.length, sha256 },
  });
  expect(readdirSync(dir)).toEqual(['bao-cao.jose']);
  expect(readFileSync(path.join(dir, 'bao-cao.jose')).equals(bytes)).toBe(true);
});

test('the same again is checked and not doubled; other content under that name is never overwritten', async () => {
  const dir = folder();
  await saveVerified(dir, 'danh-sach.xlsx', bytes);
  expect(await saveVerified(dir, 'danh-sach.xlsx', bytes)).toMatchObject({
    ok: true,
    value: { file: 'danh-sach.xlsx' },
  });
  const other = Buffer.from('khác');
  expect(await saveVerified(dir, 'danh-sach.xlsx', other)).toMatchObject({
    ok: true,
    value: { file: 'danh-sach (2).xlsx' },
  });
  expect(readFileSync(path.join(dir, 'danh-sach.xlsx')).equals(bytes)).toBe(true);
  expect(readdirSync(dir)).toHaveLength(2);
});

test('a file of no length, as a failed copy leaves it, is replaced', async () => {
  const dir = folder();
  writeFileSync(path.join(dir, 'bao-cao.pdf'), '');
  expect(await saveVerified(dir, 'bao-cao.pdf', bytes)).toMatchObject({
    ok: true,
    value: { file: 'bao-cao.pdf', sizeBytes: bytes.length },
  });
});

test('an empty document is never "saved"', async () => {
  const dir = folder();
  expect(await saveVerified(dir, 'bao-cao.pdf', new Uint8Array())).toMatchObject({ ok: false, error: 'write_failed' });
  expect(readdirSync(dir)).toEqual([]);
});

test('a stick that is gone, and a place that is no folder, are said as such', async () => {
  const dir = folder();
  expect(await saveVerified(path.join(dir, 'rút ra'), 'a.pdf', bytes)).toMatchObject({
    ok: false,
    error: 'place_gone',
  });
  writeFileSync(path.join(dir, 'tệp'), 'x');
  expect(await saveVerified(path.join(dir, 'tệp'), 'a.pdf', bytes)).toMatchObject({ ok: false, error: 'place_gone' });
});

test('a name that cannot be written leaves nothing behind', async () => {
  const dir = folder();
  mkdirSync(path.join(dir, 'a.pdf'));
  expect(await saveVerified(dir, 'a.pdf', bytes)).toMatchObject({ ok: false, error: 'write_failed' });
  expect(await saveVerified(dir, `${'x'.repeat(300)}.pdf`, bytes)).toMatchObject({ ok: false, error: 'write_failed' });
  expect(readdirSync(dir)).toEqual(['a.pdf']);
});

test('a name with a path in it stays inside the folder', async () => {
  const dir = folder();
  expect(await saveVerified(dir, '../../thoat.pdf', bytes)).toMatchObject({
    ok: true,
    value: { path: path.join(dir, 'thoat.pdf') },
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder without rights is said as such',
  async () => {
    const dir = folder();
    mkdirSync(path.join(dir, 'khoa'), { mode: 0o500 });
    expect(await saveVerified(path.join(dir, 'khoa'), 'a.pdf', bytes)).toMatchObject({ ok: false, error: 'no_rights' });
  },
);
