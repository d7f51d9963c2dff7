import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
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

/** So much text is packed before a sign-in gets its turn. */
const PORTION_CHARACTERS = 32_768;

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
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    let waiting = '';
    for await (const piece of text) {
      waiting += piece;
      if (waiting.length < PORTION_CHARACTERS) continue;
      file.push(strToU8(waiting));
      waiting = '';
      await turn();
    }
    file.push(strToU8(waiting), true);
  };
  await add('README.txt', [README]);
  for await (const [name, facts] of collectSupportFacts(options)) {
    await add(name, [`${JSON.stringify(facts, null, 1)}\n`]);
    await turn();
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
