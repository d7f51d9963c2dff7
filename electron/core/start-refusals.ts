import path from 'node:path';
import type { Store } from './store/store.ts';

/** Why the core does not start: one sentence for a person in each language, and what the kiosk ends with. */
export interface StartRefusal {
  sentence: string;
  vi?: string;
  exitStatus: number;
}

export const EXIT_BAD_INPUT = 2;
export const EXIT_CANNOT_RUN = 3;
/** Another kiosk holds this data folder (EX_TEMPFAIL of sysexits.h). */
const EXIT_IN_USE = 75;

export const IN_USE: StartRefusal = {
  sentence: 'The kiosk is already running on this data folder.',
  vi: 'Điểm cầu đang chạy trên máy này.',
  exitStatus: EXIT_IN_USE,
};

/** The records of the session cannot be read, and its package is not at hand to begin new ones. */
export const SESSION_DAMAGED: StartRefusal = {
  sentence:
    'The records of this session on this PC are damaged and cannot be read; plug in the USB stick with the session package and start again: the damaged records are then moved aside, not deleted, and people can sign in.',
  vi: 'Dữ liệu của phiên họp này trên máy bị hỏng, không đọc được. Hãy cắm USB có tệp phiên họp rồi mở lại: dữ liệu hỏng được cất riêng, không bị xóa, và điểm danh được ngay.',
  exitStatus: EXIT_CANNOT_RUN,
};

export function describeStoreFailure(
  failure: Exclude<ReturnType<typeof Store.open>, { ok: true }>,
  file: string,
): StartRefusal {
  switch (failure.error) {
    case 'newer_database':
      return {
        sentence: `The records in ${file} were written by a newer kiosk (format ${failure.found}, this one knows ${failure.known}); install the newer version.`,
        vi: `Dữ liệu ở ${file} do bản phần mềm mới hơn ghi (định dạng ${failure.found}, bản này đọc được ${failure.known}). Hãy cài bản mới hơn.`,
        exitStatus: EXIT_CANNOT_RUN,
      };
    case 'in_use':
      return {
        sentence: `Another program has ${file} open; close it first.`,
        vi: `Một chương trình khác đang mở ${file}. Hãy đóng chương trình đó trước.`,
        exitStatus: EXIT_IN_USE,
      };
    case 'cannot_open':
      return {
        sentence: `The records in ${file} cannot be opened; check the disk and the rights of this folder.`,
        vi: `Không mở được dữ liệu ở ${file}. Hãy kiểm tra ổ đĩa và quyền của thư mục này.`,
        exitStatus: EXIT_CANNOT_RUN,
      };
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const FORBIDDEN = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
]);

/** A start that failed in a way nobody foresaw. The system's own words are for the log, where they stand already. */
export function cannotStart(cause: unknown, logFile: string): StartRefusal {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const folder = path.dirname(logFile);
  if (FULL.has(code))
    return {
      sentence: 'The kiosk cannot start, because the disk is full; make space, then start it again.',
      vi: 'Chưa chạy được vì ổ đĩa đầy. Hãy dọn bớt tệp trên ổ đĩa rồi thử lại.',
      exitStatus: EXIT_CANNOT_RUN,
    };
  if (FORBIDDEN.has(code))
    return {
      sentence: `The kiosk cannot start, because it may not write in ${folder}; give this user the rights to this folder, then start it again.`,
      vi: `Chưa chạy được vì không ghi được vào thư mục ${folder}. Hãy cấp quyền ghi thư mục này cho người dùng đang đăng nhập rồi thử lại.`,
      exitStatus: EXIT_CANNOT_RUN,
    };
  return {
    sentence: `The kiosk cannot start; check the disk, then send ${logFile} to support.`,
    vi: `Chưa chạy được. Hãy kiểm tra ổ đĩa, rồi gửi tệp ${logFile} cho hỗ trợ.`,
    exitStatus: EXIT_CANNOT_RUN,
  };
}
