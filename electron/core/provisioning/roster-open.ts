import { err, ok, type Result } from '../../shared/result.ts';
import { decodeCsv, parseCsv } from './roster-csv.ts';
import { undoDoubleEncoding } from './roster-double-encoding.ts';
import { readOpenDocument } from './roster-ods.ts';
import { MAX_FILE_BYTES, MAX_ROWS, type RosterFileError, type RosterSheet } from './roster-types.ts';
import { readWorkbook } from './roster-xlsx.ts';
import { isOpenDocument } from './roster-zip.ts';

export interface RosterSource {
  sheets: RosterSheet[];
  hiddenSheets: string[];
  /** False: single bytes whose meaning is unknown; somebody has to say. */
  isUnicode: boolean;
}

/** Opens a spreadsheet, and reads UTF-8 that was taken for Latin letters as what it is. Never throws on any bytes. */
export async function openRosterFile(
  bytes: Uint8Array,
  fileName: string,
): Promise<Result<RosterSource, RosterFileError>> {
  const opened = await openBytes(bytes, fileName);
  return opened.ok ? ok({ ...opened.value, sheets: opened.value.sheets.map(undoDoubleEncoding) }) : opened;
}

/** Opens a spreadsheet; its kind is read from its content, not from its name. */
async function openBytes(bytes: Uint8Array, fileName: string): Promise<Result<RosterSource, RosterFileError>> {
  if (bytes.length === 0) return err({ error: 'empty_file' });
  if (bytes.length > MAX_FILE_BYTES)
    return err({ error: 'file_too_large', bytes: bytes.length, maxBytes: MAX_FILE_BYTES });
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).toString('latin1');
  if (head.startsWith('PK')) {
    const book = isOpenDocument(bytes) ? await readOpenDocument(bytes, MAX_ROWS) : await readWorkbook(bytes, MAX_ROWS);
    return book.ok ? ok({ ...book.value, isUnicode: true }) : book;
  }
  // Compound files: an encrypted .xlsx carries its parts under this name, anything else is an old .xls or .doc.
  if (head === '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1') {
    const isEncrypted = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    return err({ error: isEncrypted ? 'password_protected' : 'old_excel' });
  }
  // BIFF of the nineties has no container: record 9, then its version.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? 0xff)) return err({ error: 'old_excel' });
  const { text, isUnicode } = decodeCsv(bytes);
  if (/^\s*(?:<!doctype|<html|<\?xml|<table|<meta|MIME-Version|%PDF|\{\\rtf)/iu.test(text.slice(0, 200)))
    return err({ error: 'not_a_spreadsheet' });
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary files
  if ((text.slice(0, 4_000).match(/[\u0000-\u0008\u000e-\u001f]/gu)?.length ?? 0) > 8)
    return err({ error: 'not_a_spreadsheet' });
  const sheet = parseCsv(text, fileName, MAX_ROWS);
  return sheet.ok ? ok({ sheets: [sheet.value], hiddenSheets: [], isUnicode }) : sheet;
}
