import type { Store } from './store/store.ts';

/** Why the core does not start: one sentence for a person in each language, and what the kiosk ends with. */
export interface StartRefusal {
  sentence: string;
  vi?: string;
  exitStatus: number;
}

const EXIT_CANNOT_RUN = 3;
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
        sentence: `The records in ${file} cannot be opened (${failure.detail}); check the disk and the rights of this folder.`,
        vi: `Không mở được dữ liệu ở ${file}. Hãy kiểm tra ổ đĩa và quyền của thư mục này.`,
        exitStatus: EXIT_CANNOT_RUN,
      };
  }
}

/** A start that failed in a way nobody foresaw. */
export function cannotStart(cause: unknown, logFile: string): StartRefusal {
  const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  const detail = cause instanceof Error ? cause.message : String(cause);
  return {
    sentence: full
      ? `The kiosk cannot start, because the disk is full (${detail}); make space, then start it again.`
      : `The kiosk cannot start (${detail}); look at the disk, then at ${logFile}.`,
    vi: full
      ? 'Chưa chạy được vì ổ đĩa đầy. Hãy dọn bớt tệp trên ổ đĩa rồi thử lại.'
      : `Chưa chạy được. Hãy kiểm tra ổ đĩa, rồi xem ${logFile}.`,
    exitStatus: EXIT_CANNOT_RUN,
  };
}
