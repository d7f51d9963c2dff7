import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RosterPerson } from '../../../electron/contract/session-package.ts';
import { MAX_FILE_BYTES, readRosterFile } from '../../../electron/core/provisioning/roster-file.ts';
import { rosterTemplateXlsx, TEMPLATE_HEADINGS } from '../../../electron/core/provisioning/roster-template.ts';
import { bigRoster, csv, utf8, xlsx } from '../../fixtures/rosters/files.ts';
import { YEAR, read, failure, cpuMs, names, columnsOf, LEGACY } from '../../support/read-roster.ts';

/** Files as files: the sample, wrong ones, harmful ones, large ones. */

test('the blank sample file is understood by the reader, and filled in it gives people', async () => {
  const blank = await rosterTemplateXlsx();
  const empty = await read(blank);
  expect(empty.people).toEqual([]);
  expect(empty.sheets[0]?.tables[0]?.columns.every((column) => column.field !== null)).toBe(true);
  const filled = await read(
    await xlsx([
      [...TEMPLATE_HEADINGS],
      [1, 'Lê Văn An', '05/02/1962', 'Nam', 'Bí thư', 'Chi bộ 1', '001062000001', '123456789012', 'x'],
    ]),
  );
  expect(columnsOf(filled).every((column) => column.field !== null)).toBe(true);
  expect(filled.people[0]?.person).toEqual({
    id: 'row-1',
    name: 'Lê Văn An',
    birthYear: 1962,
    birthDate: '1962-02-05',
    sex: 'male',
    position: 'Bí thư',
    unitId: 'chi-bo-1',
    citizenNumber: '001062000001',
    partyNumber: '123456789012',
    note: 'x',
  });
});

// --- broken, huge and hostile files ---------------------------------------------------------------------------------

/** A zip archive of one packed entry whose directory may lie about the size. */
function zip(name: string, content: Uint8Array, declared = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const file = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(declared, 24);
  central.writeUInt16LE(file.length, 28);
  const body = Buffer.concat([local, file, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + file.length, 12);
  end.writeUInt32LE(body.length, 16);
  return new Uint8Array(Buffer.concat([body, central, file, end]));
}

test('each kind of wrong file gets its own answer', async () => {
  expect(await failure(new Uint8Array())).toBe('empty_file');
  expect(await failure(new Uint8Array(50 * 1024 * 1024))).toBe('file_too_large');
  expect(MAX_FILE_BYTES).toBeLessThan(50 * 1024 * 1024);
  const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  expect(await failure(new Uint8Array([...compound, ...Array.from({ length: 600 }, () => 0)]))).toBe('old_excel');
  const locked = Buffer.concat([Buffer.from(compound), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
  expect(await failure(new Uint8Array(locked))).toBe('password_protected');
  expect(await failure(utf8('<html><table><tr><td>Họ và tên</td></tr></table></html>'))).toBe('not_a_spreadsheet');
  expect(await failure(utf8('%PDF-1.7 …'))).toBe('not_a_spreadsheet');
  expect(await failure(zip('word/document.xml', utf8('x')))).toBe('not_a_spreadsheet');
  expect(await failure((await xlsx(bigRoster(5))).slice(0, 900))).toBe('damaged_file');
  expect(await failure(zip('xl/workbook.xml', utf8('<broken')))).toBe('damaged_file');
});

test('a zip bomb is refused before it is unpacked, honest or lying about its size', async () => {
  const huge = new Uint8Array(150 * 1024 * 1024);
  const start = cpuMs();
  const bomb = zip('xl/workbook.xml', huge);
  const packedIn = cpuMs() - start;
  expect(bomb.length).toBeLessThan(200_000);
  const begun = cpuMs();
  expect(await failure(bomb)).toBe('zip_bomb');
  expect(await failure(zip('xl/workbook.xml', huge, 1_000))).toBe('damaged_file');
  expect(await failure(zip('xl/workbook.xml', huge, 0))).toBe('damaged_file');
  expect(cpuMs() - begun - 2 * packedIn).toBeLessThan(1_000);
});

test('a cell at the far corner of a sheet, or formats down to its end, cost nothing', async () => {
  const { writeXlsx } = await import('hucre/xlsx');
  const rows = [
    ['STT', 'Họ và tên'],
    [1, 'Lê Văn An'],
  ];
  const corner = new Map([['1048575,16383', { value: 'x', type: 'string' as const }]]);
  const blank = new Map([['59999,1', { value: '', type: 'string' as const }]]);
  for (const cells of [corner, blank]) {
    const bytes = await writeXlsx({ sheets: [{ name: 'A', rows, cells }] });
    const begun = cpuMs();
    expect(names(await read(bytes))).toEqual(['Lê Văn An']);
    expect(cpuMs() - begun).toBeLessThan(1_500);
  }
});

test('too many rows is an error, not a cut', async () => {
  const line = '1,Lê Văn An\r\n';
  expect(await failure(utf8(`STT,Họ và tên\r\n${line.repeat(52_001)}`))).toBe('too_many_rows');
});

test('5,000 rows are read in two seconds', async () => {
  const bytes = await xlsx(bigRoster(5_000));
  const begun = cpuMs();
  const preview = await read(bytes);
  expect(cpuMs() - begun).toBeLessThan(2_000);
  expect(preview.people).toHaveLength(5_000);
});

test('property: any bytes, and any damage to a good file, give an answer within a second', async () => {
  const good = await xlsx(bigRoster(20));
  const text = utf8(csv(LEGACY.map((row) => row.map(String))));
  const damaged = fc
    .tuple(fc.constantFrom(good, text), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 }), fc.nat())
    .map(([file, changes, cut]) => {
      const bytes = Uint8Array.from(file);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 3_000 }), damaged), async (bytes) => {
      const begun = cpuMs();
      const result = await readRosterFile(bytes, 'x', { year: YEAR });
      expect(cpuMs() - begun).toBeLessThan(1_000);
      if (!result.ok) return;
      for (const { person } of result.value.people) expect(RosterPerson.safeParse(person).success).toBe(true);
    }),
    { numRuns: 300 },
  );
}, 60_000);
