import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { collectSupportFacts, type SupportSources } from './support-facts.ts';
import { listLogFiles, readSupportLog, type Redact } from './support-log.ts';

export interface SupportOptions extends SupportSources {
  /** Folder of the records, with the log of the core. */
  dataDir: string;
  /** Folder with the log of the shell; absent: there is none. */
  shellDir: string | undefined;
  /** For the lines of logs. */
  redact: Redact;
}

/** So long is worked before a sign-in gets its turn, and so long it has then, ms. */
const WORK_MS = 1;
const PAUSE_MS = 2;
/** In a thread of its own: it takes longer than all the rest. */
const deflate = promisify(deflateRaw);
/** Of the zip format: made by deflate. */
const DEFLATED = 8;

const README = `Gói hỗ trợ của phần mềm điểm cầu
Có: nhật ký của chương trình, kết quả kiểm tra trước giờ, phiên bản, số dòng của từng bảng, tình trạng bản ghi thứ hai, cài đặt, các bước của từng buổi, các lần gửi.
Không có: tên người, số căn cước, số thẻ đảng, mã đại biểu, mã PIN, mật khẩu, khóa, nội dung báo cáo.
Mốc thời gian là mili giây từ 1/1/1970 (giờ UTC).

Support file of the venue kiosk
With: the program's logs, the checks before the hour, versions, rows of each table, the second copy of the records, settings, the steps of each sitting, deliveries.
Without: names of people, identity numbers, party numbers, badge codes, PINs, passwords, keys, contents of reports.
Moments are milliseconds since 1 January 1970 (UTC).
`;

/** One zip with everything that helps somebody far away, and no personal data; made in portions, so that no sign-in waits for it. */
export async function makeSupportFile(options: SupportOptions): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((cause, part) => {
    failed ??= cause;
    if (part) parts.push(part);
  });
  const add = async (name: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> => {
    const pieces: Buffer[] = [];
    let crc = 0;
    let began = performance.now();
    for await (const piece of text) {
      const bytes = Buffer.from(piece);
      crc = crc32(bytes, crc);
      pieces.push(bytes);
      if (performance.now() - began < WORK_MS) continue;
      await sleep(PAUSE_MS);
      began = performance.now();
    }
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    const packed = await deflate(Buffer.concat(pieces));
    const file: ZipInputFile = { filename: name, compression: DEFLATED, size, crc };
    zip.add(file);
    file.ondata?.(null, packed, true);
  };
  await add('README.txt', [README]);
  for await (const [name, facts] of collectSupportFacts(options)) {
    await add(name, [`${JSON.stringify(facts, null, 1)}\n`]);
    await sleep(PAUSE_MS);
  }
  const { dataDir, shellDir } = options;
  const logs = [
    ...listLogFiles(dataDir, 'kiosk.log'),
    ...(shellDir === undefined ? [] : listLogFiles(shellDir, 'shell.log')),
  ];
  for (const file of logs) await add(`logs/${path.basename(file)}`, readSupportLog(file, options.redact));
  zip.end();
  if (failed !== null) throw failed;
  return Buffer.concat(parts);
}
