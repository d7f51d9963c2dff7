import type { SessionReport } from '../../../contract/report.ts';
import {
  formatCount,
  formatDate,
  formatDuration,
  formatTime,
  formatTimeExact,
  formatTimeInWords,
  partOfDay,
} from './format-vi.ts';
import { keepTogether } from '../../../shared/keep-together.ts';
import type { DocumentTemplate } from './page-style.ts';
import { amendmentWords, SIDE_WORDS } from './words.ts';

/** What the report says, for the printed one and the Word file alike: sentences and cells, without any layout. */

/** Lines of dots for a hand to write on. */
const BLANK = '…………………………………………';

/** The lines under "BÁO CÁO". */
export function listTitleLines({ conference: { title } }: SessionReport, venue: string): string[] {
  const named = /^hội nghị/iu.test(title);
  const lower = `${title.charAt(0).toLocaleLowerCase('vi')}${title.slice(1)}`;
  const lines = [
    ...(named ? [`kết quả tham dự ${lower}`] : ['kết quả tham dự hội nghị trực tuyến toàn quốc', title]),
    `tại điểm cầu ${venue}`,
  ];
  return lines.map(keepTogether);
}

/** Says "replaces" only of revisions that the province has: one that never went out is replaced by nothing. */
export function amendmentSentence({ revision, amendment }: SessionReport): string | null {
  if (!amendment) return null;
  const sent = amendment.previous.filter((p) => p.delivered).map((p) => p.revision);
  const replaced = sent.length > 0 ? `, thay thế ${sent.map((n) => `Bản ${n}`).join(', ')} đã gửi` : '';
  const who = amendment.by.name === null ? '' : ` (${amendment.by.name})`;
  const why = amendmentWords(amendment, amendment.returnReason).replace(/[.\s]+$/u, '');
  return `Báo cáo này là Bản ${revision}${replaced}; lý do: ${why}${amendment.cause === 'by_hand' ? '' : who}.`;
}

type Official = { name: string; position?: string | undefined; unit?: string | undefined };
const official = (o: Official | undefined): string =>
  o ? [o.name, o.position, o.unit].filter(Boolean).join(', ') : BLANK;

/** Section 1: a label and what stands behind it. */
export function listFacts(report: SessionReport, venue: string): [label: string, value: string][] {
  const { roles, sitting } = report;
  const endDate = formatDate(sitting.endedAt);
  const sameDay = endDate === formatDate(sitting.startsAt);
  const time = `buổi ${partOfDay(sitting.startsAt)}, ngày ${formatDate(sitting.startsAt)}, từ ${formatTimeInWords(sitting.startsAt)} đến ${formatTimeInWords(sitting.endedAt)}${sameDay ? '' : ` ngày ${endDate}`}`;
  return [
    ['Điểm cầu:', `${venue} (mã ${report.venue.id})`],
    ['Địa điểm:', report.venue.address ?? BLANK],
    ['Thời gian:', time],
    ['Chủ trì điểm cầu:', official(roles.chair)],
    ['Thư ký:', official(roles.secretary)],
    ['Cán bộ kỹ thuật:', official(roles.technician)],
  ];
}

export function supervisorsLine({ roles: { supervisors } }: SessionReport): string {
  return `Cấp trên dự, chỉ đạo tại điểm cầu: ${supervisors.map(official).join('; ') || 'không có'}`;
}

export const NO_TOPICS = 'Theo chương trình của Ban Tổ chức hội nghị.';

/** `07:45 - 09:30`; empty when nobody said. */
export function topicTime({ startsAt, endsAt }: SessionReport['sitting']['topics'][number]): string {
  return [startsAt, endsAt]
    .map((at) => (at ? formatTime(at) : ''))
    .filter(Boolean)
    .join(' - ');
}

export const RATE_NOTE =
  'Ghi chú: tỷ lệ có mặt = số có mặt trong danh sách triệu tập ÷ số triệu tập × 100; người dự thay không tính vào số có mặt, người được thay không tính là vắng.';

export function outsideSentence({ totals }: SessionReport): string {
  const n = formatCount;
  return `Ngoài số được triệu tập: khách mời ${n(totals.guests)}; ngoài danh sách ${n(totals.walkIns)}; dự thay ${n(totals.substitutes)}; cấp trên dự, chỉ đạo ${n(totals.supervisors)}. Tổng số người đã đến: ${n(totals.came)}; còn ở hội trường khi kết thúc:\u00a0${n(totals.inHall)}.`;
}

export function headCountSentence({ headCount }: SessionReport): string | null {
  if (!headCount) return null;
  const why = headCount.reason ? `; lý do chênh lệch: ${headCount.reason}` : '';
  return `Đếm tại hội trường: ${formatCount(headCount.counted)} người${why}.`;
}

/** The last column of the units: who came besides those on the list. */
export function unitNote(totals: SessionReport['totals']): string {
  const counts: [number, string][] = [
    [totals.guests, 'khách mời'],
    [totals.walkIns, 'ngoài danh sách'],
    [totals.substitutes, 'dự thay'],
    [totals.substituted, 'có người dự thay'],
    [totals.supervisors, 'cấp trên dự, chỉ đạo'],
  ];
  return counts
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${word} ${formatCount(count)}`)
    .join('; ');
}

export const NO_UNITS = 'Danh sách không chia theo đơn vị.';
export const INTERRUPTION_HEADER = ['TT', 'Từ', 'Đến', 'Thời lượng', 'Nguyên nhân', 'Cách khắc phục'] as const;

/** Section 5: the picture, as the kiosk itself saw it. */
export function tellLine({ playback, sitting }: SessionReport): {
  sentence: string;
  interruptions: { from: string; to: string; length: string; cause: string }[];
} {
  if (playback.framesDecoded === 0 && playback.interruptions.length === 0) {
    const sentence = 'Thiết bị này chưa hiện được hình ảnh nào của hội nghị nên không có số liệu đường truyền.';
    return { sentence, interruptions: [] };
  }
  const lasting = playback.interruptions.map(({ from, to, whose }) => {
    const until = to ?? sitting.endedAt;
    return { from, until, whose, lengthMs: Math.max(0, Date.parse(until) - Date.parse(from)) };
  });
  // What was over within half a second nobody saw: it would stand there as "0 giây".
  const seen = lasting.filter(({ lengthMs }) => lengthMs >= 500);
  const totalMs = seen.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
  const quality = seen.length === 0 ? 'tốt' : 'có gián đoạn';
  return {
    sentence: `Chất lượng: ${quality}. Số lần gián đoạn: ${formatCount(seen.length)}; tổng thời gian: ${formatDuration(totalMs)}.`,
    interruptions: seen.map(({ from, until, whose, lengthMs }) => ({
      from: formatTimeExact(from),
      to: formatTimeExact(until),
      length: formatDuration(lengthMs),
      cause: SIDE_WORDS[whose],
    })),
  };
}

/** Section 6 line by line; a party document ends with a full stop, one of the state with "./." */
export function listRemarks({ remarks }: SessionReport, template: DocumentTemplate): string[] {
  const lines = (remarks ?? '')
    .split(/\n+/u)
    .map((line) => line.trim())
    .filter(Boolean);
  const last = lines.pop();
  const end = template.template === 'government' ? './.' : '.';
  return last === undefined ? [] : [...lines, last.replace(/[./\s]+$/u, '') + end];
}

/** The signature block: what stands over the name, the name, and when it was confirmed on the device. */
export function tellSignature(
  { signOff, roles }: SessionReport,
  template?: Pick<DocumentTemplate, 'template' | 'signatory'>,
): { authority: string | null; office: string; name: string; confirmed: string | null } {
  const authority = template?.signatory ?? (template?.template === 'party' ? 'T/M ĐẢNG ỦY' : null);
  const confirmed =
    signOff &&
    `Xác nhận trên thiết bị lúc ${formatTime(signOff.at)} ngày ${formatDate(signOff.at)}${
      signOff.role === 'technician' ? ', bằng mã của cán bộ kỹ thuật' : ''
    }`;
  return {
    authority: authority && upper(authority),
    office: upper(officeUnder(authority, signOff?.position || null) ?? 'Chủ trì điểm cầu'),
    name: signOff?.name ?? roles.chair?.name ?? '',
    confirmed,
  };
}

/** Who gets the document, and the copy that is kept. */
export function listRecipients(template: DocumentTemplate): string[] {
  const { addressee, recipients } = template;
  const party = template.template === 'party';
  const listed = addressee ? [addressee, ...recipients.filter((r) => r !== addressee)] : recipients;
  return [
    ...listed.map((r, i) => `- ${r}${i === 0 && addressee ? ' (để báo cáo)' : ''}${party ? ',' : ';'}`),
    party ? '- Lưu Đảng ủy.' : '- Lưu: VT.',
  ];
}

export const upper = (text: string): string => text.toLocaleUpperCase('vi');

/** Offices as they stand under "T/M …": the body that is signed for is named there already. */
const OFFICE = /^(phó\s+)?(bí thư|chủ tịch|trưởng ban|chánh văn phòng)(\s+thường trực)?/iu;

function officeUnder(authority: string | null, office: string | null): string | null {
  if (office === null || authority === null) return office;
  return OFFICE.exec(office)?.[0] ?? office;
}
