import type { AttendeeKind, Method } from '../../../contract/attendance.ts';
import type { FaultSide, SessionReport } from '../../../contract/report.ts';
import { formatTime } from './format-vi.ts';

/** The fixed words of the documents. Documents are Vietnamese whatever the screen shows. */

type ReportPerson = SessionReport['people'][number];

export const SIDE_WORDS: Record<FaultSide, string> = {
  centre: 'Phía Trung ương',
  line: 'Đường truyền của điểm cầu',
  this_pc: 'Thiết bị tại điểm cầu',
  province: 'Phía tỉnh',
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
  paper: 'Nhập từ phiếu giấy',
};

const KIND_WORDS: Record<AttendeeKind, string> = {
  summoned: '',
  walk_in: 'Ngoài danh sách',
  guest: 'Khách mời',
  substitute: 'Dự thay',
  supervisor: 'Cấp trên dự, chỉ đạo',
};

type Amendment = NonNullable<SessionReport['amendment']>;

export const ROLE_WORDS: Record<Amendment['by']['role'], string> = {
  technician: 'Cán bộ kỹ thuật',
  chair: 'Chủ trì điểm cầu',
  secretary: 'Thư ký',
  kiosk: 'Thiết bị',
  province: 'Tỉnh',
  unknown: 'Không rõ người thực hiện',
};

/** Who did it: by name where one was given. */
export function whoWords(by: Amendment['by']): string {
  return by.name ?? ROLE_WORDS[by.role];
}

/** Why a revision was made or a sitting opened again, as the end of a sentence. */
export function amendmentWords(
  amendment: Pick<Amendment, 'cause' | 'reason' | 'by'>,
  returnReason?: string | null,
): string {
  const { cause, reason, by } = amendment;
  const because = reason === null ? '' : `: ${reason}`;
  switch (cause) {
    case 'by_hand':
      return `${lowerFirst(whoWords(by))} mở lại buổi${because}`;
    case 'broadcast_returned':
      return 'chương trình phát tiếp sau khi đã kết thúc';
    case 'province_return':
      return `tỉnh trả lại báo cáo${returnReason ? ` (“${returnReason}”)` : ''}${because}`;
    case 'sign_off':
      return 'chủ trì điểm cầu xác nhận báo cáo';
    case 'correction':
      return reason ?? 'bổ sung báo cáo';
    case 'not_recorded':
      return 'không ghi lại';
  }
}

/** A role begins a sentence with a capital letter; a name keeps its own. */
export function lowerFirst(text: string): string {
  return Object.values(ROLE_WORDS).includes(text) ? text.charAt(0).toLocaleLowerCase('vi') + text.slice(1) : text;
}

/** `Có mặt`, `Đến muộn 15 phút`, `Về sớm`, `Vắng có lý do`, `Vắng không lý do`, `Có người dự thay`. */
export function statusWords(person: ReportPerson): string {
  const late = person.lateMinutes > 0 ? `Đến muộn ${person.lateMinutes} phút` : '';
  switch (person.status) {
    case 'present':
      return 'Có mặt';
    case 'late':
      return late || 'Đến muộn';
    case 'left_early':
      return late ? `${late}; về sớm` : 'Về sớm';
    case 'absent_excused':
      return 'Vắng có lý do';
    case 'absent_unexcused':
      return 'Vắng không lý do';
    case 'substituted':
      return 'Có người dự thay';
  }
}

/** The remark column: what kind of attendee, for whom a substitute sits, when somebody left, a time not to be trusted. */
export function remarkWords(
  person: ReportPerson,
  people: ReadonlyMap<string, ReportPerson>,
  substitutes: ReadonlyMap<string, ReportPerson>,
): string {
  const replaced = person.substituteFor === null ? undefined : people.get(person.substituteFor);
  const replacedBy =
    person.substitutedBy === null ? substitutes.get(person.personId) : people.get(person.substitutedBy);
  return [
    replaced ? `${KIND_WORDS[person.kind] || 'Dự thay'} ${replaced.name}` : KIND_WORDS[person.kind],
    replacedBy ? `${replacedBy.name} dự thay` : '',
    person.status === 'left_early' && person.leftAt !== null ? `về lúc ${formatTime(person.leftAt)}` : '',
    person.clockWrong ? 'Giờ ghi khi đồng hồ máy chạy sai' : '',
  ]
    .filter(Boolean)
    .join('; ')
    .replace(/^./u, (first) => first.toLocaleUpperCase('vi'));
}
