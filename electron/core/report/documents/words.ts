import type { AttendeeKind, Method } from '../../../contract/attendance.ts';
import type { FaultCause } from '../../../contract/broadcast.ts';
import type { SessionReport } from '../../../contract/report.ts';
import { formatTime } from './format-vi.ts';

/** The fixed words of the documents. Documents are Vietnamese whatever the screen shows. */

type ReportPerson = SessionReport['people'][number];

export const CAUSE_WORDS: Record<FaultCause, string> = {
  centre: 'Từ điểm cầu trung tâm',
  line: 'Đường truyền',
  this_pc: 'Thiết bị tại điểm cầu',
  unknown: 'Chưa xác định',
};

export const METHOD_WORDS: Record<Method, string> = {
  search: 'Tìm tên',
  list: 'Tìm tên',
  citizen_card: 'Quét mã',
  party_card: 'Quét mã',
  badge: 'Quét mã',
  number: 'Nhập số',
  secretary: 'Thư ký ghi',
};

const KIND_WORDS: Record<AttendeeKind, string> = {
  summoned: '',
  walk_in: 'Bổ sung tại chỗ',
  guest: 'Khách mời',
  substitute: 'Dự thay',
  supervisor: 'Được phân công phụ trách',
};

/** Reasons that the kiosk itself gives for a new revision. */
const AMENDMENT_WORDS: Record<string, string> = {
  chair_sign_off: 'chủ trì điểm cầu xác nhận báo cáo',
  broadcast_returned: 'chương trình phát tiếp sau khi đã kết thúc',
};

export function amendmentWords(reason: string): string {
  return AMENDMENT_WORDS[reason] ?? reason;
}

/** `Có mặt`, `Đi muộn 15 phút`, `Về sớm`, `Vắng có lý do`, `Vắng không lý do`. */
export function statusWords(person: ReportPerson): string {
  const late = person.lateMinutes > 0 ? `Đi muộn ${person.lateMinutes} phút` : '';
  switch (person.status) {
    case 'present':
      return 'Có mặt';
    case 'late':
      return late || 'Đi muộn';
    case 'left_early':
      return late ? `${late}; về sớm` : 'Về sớm';
    case 'absent_excused':
      return 'Vắng có lý do';
    case 'absent_unexcused':
      return 'Vắng không lý do';
  }
}

/** The remark column: what kind of attendee, for whom a substitute sits, when somebody left. */
export function remarkWords(
  person: ReportPerson,
  people: ReadonlyMap<string, ReportPerson>,
  substitutes: ReadonlyMap<string, ReportPerson>,
): string {
  const replaced = person.substituteFor === null ? undefined : people.get(person.substituteFor);
  const replacedBy = substitutes.get(person.personId);
  return [
    replaced ? `${KIND_WORDS[person.kind] || 'Dự thay'} ${replaced.name}` : KIND_WORDS[person.kind],
    replacedBy ? `${replacedBy.name} dự thay` : '',
    person.status === 'left_early' && person.leftAt !== null ? `Về lúc ${formatTime(person.leftAt)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** A venue's name without "điểm cầu" in front, for sentences that say it already. */
export function bareVenueName(name: string): string {
  return name.replace(/^điểm cầu\s+/iu, '');
}
