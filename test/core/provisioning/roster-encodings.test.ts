import { expect, test } from 'vitest';
import { csv, toCp1258, toTcvn3, toVni, utf8, xlsx } from '../../fixtures/rosters/files.ts';
import { read, names, LEGACY } from '../../support/read-roster.ts';

/** Old fonts and text files. */

test('TCVN3 and VNI text is detected, shown in each reading, and converted only when confirmed', async () => {
  for (const [encoding, encode] of [
    ['tcvn3', toTcvn3],
    ['vni', toVni],
  ] as const) {
    const bytes = await xlsx(LEGACY.map((row) => row.map((cell) => (typeof cell === 'string' ? encode(cell) : cell))));
    const asked = await read(bytes);
    const [question] = asked.questions;
    if (question?.code !== 'encoding') throw new Error('not asked');
    expect(question.suggested).toBe(encoding);
    expect(question.samples.map((s) => s.encoding)).toContain('unicode');
    expect(question.samples[0]?.lines[0]).toBe('1 · Nguyễn Văn Đức · 01/02/1960 · Chi bộ Thôn Thượng');
    const confirmed = await read(bytes, { encoding });
    expect(confirmed.questions).toEqual([]);
    expect(names(confirmed).map((n) => n.toLowerCase())).toEqual(LEGACY.slice(1).map((row) => row[1].toLowerCase()));
  }
});

test('CSV in UTF-8 with and without mark, UTF-16 both ways, with semicolons and tabs', async () => {
  const rows = LEGACY.map((row) => row.map(String));
  const expected = LEGACY.slice(1).map((row) => row[1]);
  const texts = [csv(rows), csv(rows, ';'), csv(rows, '\t'), `sep=;\r\n${csv(rows, ';')}`];
  for (const text of texts) {
    const files = [
      utf8(text),
      utf8(`\ufeff${text}`),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
      new Uint8Array(Buffer.from(text, 'utf16le')),
    ];
    for (const bytes of files) {
      const preview = await read(bytes);
      expect(names(preview)).toEqual([...expected]);
      expect(preview.questions).toEqual([]);
    }
  }
});

test('CSV in an old encoding is asked about, never converted silently', async () => {
  const text = csv(LEGACY.map((row) => row.map(String)));
  const files = [
    ['cp1258', toCp1258(text)],
    ['tcvn3', new Uint8Array(Buffer.from(toTcvn3(text), 'latin1'))],
    ['vni', new Uint8Array(Buffer.from(toVni(text), 'latin1'))],
  ] as const;
  for (const [encoding, bytes] of files) {
    const asked = await read(bytes);
    const [question] = asked.questions;
    expect([encoding, question?.code === 'encoding' && question.suggested]).toEqual([encoding, encoding]);
    const confirmed = await read(bytes, { encoding });
    expect(confirmed.questions).toEqual([]);
    expect(names(confirmed).map((n) => n.toLowerCase())).toEqual(LEGACY.slice(1).map((row) => row[1].toLowerCase()));
  }
});
