import type { CheckId } from '../../../contract/checks.ts';
import type { SessionReport } from '../../../contract/report.ts';
import { CHECK_TEXTS_VI } from '../../../shared/checks/texts-vi.ts';
import { CHECK_GROUPS, countGroup } from '../../../shared/checks/verdict.ts';
import { formatCount, formatDate, formatDuration, formatTime } from './format-vi.ts';
import { html, type Markup } from '../../../shared/markup.ts';
import { CLOCK_WRONG_MS } from '../../../shared/moment.ts';
import { amendmentWords, lowerFirst, whoWords } from './words.ts';

/** What the device itself has to say of the sitting, under section 5; nothing when all went its usual way. */
export function renderDeviceNotes(report: SessionReport): Markup | null {
  const notes = listDeviceNotes(report);
  return notes.length === 0
    ? null
    : html`<p>Ghi nhận của thiết bị:</p>
        ${notes.map((note) => html`<p>- ${note}</p>`)}`;
}

/** One sentence for each thing that a reader of the figures should know; facts of the report only. Pure. */
export function listDeviceNotes(report: SessionReport): string[] {
  return [
    ...listOfSitting(report),
    ...report.rollCalls.flatMap(({ title, openedAt, cancelled }) =>
      cancelled
        ? [`Lượt điểm danh “${title}” (${formatTime(openedAt)}) đã hủy, không tính; lý do: ${stop(cancelled.reason)}`]
        : [],
    ),
    ...listOfClock(report),
    ...listOfLog(report),
    ...listOfPackage(report),
    ...listOfChecks(report),
  ];
}

function listOfSitting({ sitting, starts }: SessionReport): string[] {
  const notes: string[] = [];
  if (sitting.endFoundAt !== null)
    notes.push(
      `Thiết bị ngừng hoạt động khi buổi đang mở. Giờ kết thúc (${moment(sitting.endedAt)}) là lần cuối thiết bị còn hoạt động; thiết bị mở lại lúc ${moment(sitting.endFoundAt)}.`,
    );
  for (const reopening of sitting.reopenings) {
    if (reopening.cause === 'by_hand' || reopening.cause === 'broadcast_returned')
      notes.push(`Buổi được mở lại lúc ${moment(reopening.at)}${reopenedWords(reopening)}`);
  }
  if (starts > 1) notes.push(`Phần mềm điểm danh khởi động lại ${formatCount(starts - 1)} lần trong buổi.`);
  return notes;
}

function listOfClock({ clock, people }: SessionReport): string[] {
  const notes: string[] = [];
  const { centreOffset, jumps } = clock;
  if (centreOffset && Math.abs(centreOffset.ms) > CLOCK_WRONG_MS) {
    const side = centreOffset.ms > 0 ? 'chậm' : 'nhanh';
    notes.push(`Đồng hồ của thiết bị ${side} ${formatDuration(Math.abs(centreOffset.ms))} so với Trung ương.`);
  }
  if (jumps.length > 0) {
    const shown = jumps.slice(0, 5).map(({ at, byMs }) => {
      return `${byMs > 0 ? 'tiến' : 'lùi'} ${formatDuration(Math.abs(byMs))} (đến ${formatTime(at)})`;
    });
    const more = jumps.length > shown.length ? '; …' : '';
    notes.push(`Đồng hồ của thiết bị thay đổi đột ngột ${formatCount(jumps.length)} lần: ${shown.join('; ')}${more}.`);
  }
  const wrong = people.filter((person) => person.clockWrong).length;
  if (wrong > 0)
    notes.push(`Giờ của ${formatCount(wrong)} người được ghi khi đồng hồ chạy sai, có đánh dấu trong danh sách.`);
  return notes;
}

function listOfLog({ log, secondCopy, marks }: SessionReport): string[] {
  const notes: string[] = [];
  if (log.chain.state === 'broken')
    notes.push(
      `Nhật ký điểm danh không còn nguyên vẹn từ dòng ${log.chain.brokenAtSeq ?? '?'}; số liệu cần được kiểm tra.`,
    );
  if (secondCopy.state === 'behind' || secondCopy.state === 'failed')
    notes.push('Bản sao thứ hai của nhật ký không đầy đủ.');
  if (marks.length > 0)
    notes.push(`Có ${formatCount(marks.length)} dấu vết khác cần xem trong bản niêm phong gửi tỉnh.`);
  return notes;
}

function listOfPackage({ packageTrust, rehearsal }: SessionReport): string[] {
  if (rehearsal) return [];
  const { admitted, by, at } = packageTrust;
  if (admitted === 'by_person') {
    const who = by ? lowerFirst(whoWords(by)) : 'người vận hành';
    return [`Gói phiên do ${who} cho phép dùng${at === null ? '' : ` lúc ${moment(at)}`}.`];
  }
  if (admitted === 'unsigned') return ['Gói phiên không có chữ ký số của tỉnh.'];
  if (admitted === 'local') return ['Phiên họp được lập tại chỗ, không theo gói phiên của tỉnh.'];
  return [];
}

function listOfChecks({ checks }: SessionReport): string[] {
  // A check that was run again counts with its last outcome.
  const last = [...new Map(checks.map((check) => [check.check, check])).values()];
  if (last.length === 0) return [];
  const outcomes = last.map(({ check, state, code }) => ({ check: check as CheckId, state, word: code ?? '' }));
  // In the words and the groups of the screen.
  const words = CHECK_GROUPS.toReversed()
    .map((group) => ({ group, count: countGroup(outcomes, group) }))
    .filter(({ group, count }) => count > 0 || group === 'green')
    .map(({ group, count }) => `${formatCount(count)} ${CHECK_TEXTS_VI.state[group].toLowerCase()}`);
  return [`Kiểm tra trước giờ ${formatCount(last.length)} mục: ${words.join(', ')}.`];
}

function reopenedWords(reopening: SessionReport['sitting']['reopenings'][number]): string {
  if (reopening.cause !== 'by_hand') return `: ${stop(amendmentWords(reopening))}`;
  const why = reopening.reason === null ? '' : `; lý do: ${reopening.reason}`;
  return stop(`, do ${lowerFirst(whoWords(reopening.by))}${why}`);
}

function moment(at: string): string {
  return `${formatTime(at)} ngày ${formatDate(at)}`;
}

/** Exactly one full stop at the end. */
function stop(text: string): string {
  return `${text.replace(/[.\s]+$/u, '')}.`;
}
