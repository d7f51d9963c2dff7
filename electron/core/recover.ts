import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findRecovery } from './access/recovery-file.ts';
import { findRecords, readForProvince, recoverFolder, type RecoverFolder } from './recover-folder.ts';

/**
 * `npm run recover -- DATA_FOLDER`: opens the records of a PC that is gone with its recovery code, or for the province with its
 * private key. The code is read from the terminal or from a pipe, never from the command line, where other users see it.
 */
const USAGE = `npm run recover -- DATA_FOLDER [--save FOLDER] [--province-key FILE]

  DATA_FOLDER          the data folder of the kiosk, or a copy of it
  --save FOLDER        also saves the list of every sitting there (CSV and Excel; they hold names)
  --province-key FILE  for the province: its private key for reports (JWK) instead of a code; changes nothing`;

const EXIT_BAD_INPUT = 2;
const EXIT_CANNOT_RUN = 3;
// The same from electron/core and from dist/core.
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const APP = 'venue-kiosk (recover)';

function say(vi: string, en: string): void {
  process.stdout.write(`${vi}\n  ${en}\n`);
}

async function main(): Promise<number> {
  const parsed = readArguments();
  if (!parsed) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_BAD_INPUT;
  }
  const { dataFolder, saveTo, provinceKey } = parsed;
  const fonts = path.join(ROOT, 'dist', 'core', 'fonts');
  const options = {
    app: APP,
    fontsDir: existsSync(fonts) ? fonts : path.join(ROOT, 'node_modules', '@fontsource', 'tinos', 'files'),
    ...(saveTo === null ? {} : { saveTo }),
  };
  const outcome =
    provinceKey === null
      ? await recoverFolder(dataFolder, { ...options, code: await askCode(dataFolder) })
      : await readForProvince(dataFolder, { ...options, privateKey: readJwk(provinceKey) });
  return describe(outcome, dataFolder, provinceKey !== null);
}

function readArguments(): { dataFolder: string; saveTo: string | null; provinceKey: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { save: { type: 'string' }, 'province-key': { type: 'string' } },
    });
    const [dataFolder] = positionals;
    if (dataFolder === undefined || positionals.length > 1) return null;
    return {
      dataFolder: path.resolve(dataFolder),
      saveTo: values.save ?? null,
      provinceKey: values['province-key'] ?? null,
    };
  } catch {
    return null;
  }
}

async function askCode(dataFolder: string): Promise<string> {
  const records = findRecords(dataFolder);
  const sheet = records && findRecovery(records)?.sheet;
  if (sheet) say(`Cần tờ mã khôi phục số ${sheet}.`, `This needs the recovery sheet ${sheet}.`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question('Gõ mã khôi phục, 9 nhóm 6 chữ số (recovery code, 9 groups of 6 digits): ');
  } finally {
    lines.close();
  }
}

function readJwk(file: string): Parameters<typeof readForProvince>[1]['privateKey'] {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function describe(outcome: RecoverFolder, dataFolder: string, isProvince: boolean): number {
  if (!outcome.ok) {
    describeFailure(outcome, dataFolder);
    return EXIT_CANNOT_RUN;
  }
  if (outcome.sittings.length === 0)
    say(
      'Không mở được buổi nào: khóa này không phải của dữ liệu đó.',
      'No sitting can be opened: the key is not of these records.',
    );
  for (const { packageId, title, state, summoned, came, saved } of outcome.sittings)
    process.stdout.write(
      `- ${packageId} · ${title} · ${state} · triệu tập/summoned ${summoned} · đến/came ${came}${saved.length > 0 ? ` · ${saved.join(', ')}` : ''}\n`,
    );
  if (outcome.sittings.length === 0) return EXIT_CANNOT_RUN;
  if (isProvince) return 0;
  say(
    `Đã mở dữ liệu và làm khóa mới cho máy này. Mở phần mềm với --data ${dataFolder} để xem, xuất và gửi.`,
    `The records are open and this PC has new keys for them. Start the kiosk with --data ${dataFolder} to look, export and send.`,
  );
  say(
    `Báo cáo đã niêm phong giữ chữ ký của máy cũ và được gửi như vậy. Báo cáo niêm phong từ nay mang chữ ký của máy mới (khóa ${outcome.newDevice}): tỉnh sẽ thấy một máy khác của điểm cầu này, hãy gọi tỉnh và đọc khóa đó trước khi gửi.`,
    `Reports that were sealed keep the signature of the old PC and are sent as they are. Reports sealed from now on are signed by this PC (key ${outcome.newDevice}): the province sees another device of this venue, so call it and read out that key before sending.`,
  );
  return 0;
}

function describeFailure(outcome: Extract<RecoverFolder, { ok: false }>, dataFolder: string): void {
  switch (outcome.error) {
    case 'no_records':
      return say(`Không thấy dữ liệu trong ${dataFolder}.`, `There are no records in ${dataFolder}.`);
    case 'in_use':
      return say(
        'Phần mềm đang chạy trên thư mục này; hãy thoát trước.',
        'A kiosk is running on this folder; quit it first.',
      );
    case 'keys_are_whole':
      return say(
        'Tệp khóa của thư mục này còn nguyên: mở phần mềm như thường, không cần mã.',
        'The key files of this folder are whole: start the kiosk as usual, no code is needed.',
      );
    case 'cannot_open':
      return say(
        `Không mở được dữ liệu (${outcome.detail ?? ''}).`,
        `The records cannot be opened (${outcome.detail ?? ''}).`,
      );
    case 'code':
      return describeCode(outcome.outcome);
  }
}

function describeCode(outcome: Extract<RecoverFolder, { error: 'code' }>['outcome']): void {
  switch (outcome.error) {
    case 'wrong_length':
      return say(
        `Mã có ${outcome.wanted} chữ số, vừa gõ ${outcome.digits}.`,
        `The code has ${outcome.wanted} digits; ${outcome.digits} were typed.`,
      );
    case 'wrong_group':
      return say(
        `Nhóm thứ ${outcome.group} sai; hãy so lại nhóm đó.`,
        `Group ${outcome.group} is wrong; compare it again.`,
      );
    case 'wrong_check':
      return say(
        'Các nhóm không khớp nhau: có thể đã đổi chỗ hai nhóm.',
        'The groups do not belong together: two may have changed places.',
      );
    case 'no_file':
      return say(
        'Dữ liệu này chưa từng được làm mã khôi phục. Còn cách của tỉnh: --province-key.',
        'No recovery code was ever made for these records. The province can still open them: --province-key.',
      );
    case 'other_code':
      return say(
        `Đây là mã của tờ khác; dữ liệu này cần tờ số ${outcome.sheet ?? ''}.`,
        `This is the code of another sheet; these records need sheet ${outcome.sheet ?? ''}.`,
      );
  }
}

process.exitCode = await main();
