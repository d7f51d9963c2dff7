/** Why a start did not come about, for a person who may have no terminal. */
export interface Refusal {
  /** Exit status of the kiosk when nobody tries again; 0 is a notice that leaves nothing to try. */
  status: number;
  /** What happened and what to do, in English. */
  sentence: string;
  /** The same in Vietnamese, where there is one. */
  vi?: string;
}

/** What the person chose. */
export type RefusalAnswer = 'retry' | 'close';

/** Shows a refusal and waits for an answer; null when it cannot show anything here. */
export type ShowRefusal = (refusal: Refusal, signal: AbortSignal) => Promise<RefusalAnswer | null>;

/** Exit status when no shell can run on this PC (EX_UNAVAILABLE of sysexits.h). */
export const STATUS_UNAVAILABLE = 69;
/** Another kiosk holds this data folder (EX_TEMPFAIL of sysexits.h). */
export const STATUS_ALREADY_RUNNING = 75;
export const STATUS_BAD_INPUT = 2;
const STATUS_CANNOT_RUN = 3;

/** Said in the lobby after a core ended without a word while it opened what was chosen. */
export const NOT_OPENED = {
  sentence: 'What was chosen could not be opened; choose again, or send kiosk.log to support.',
  vi: 'Chưa mở được mục vừa chọn. Hãy chọn lại, hoặc gửi tệp kiosk.log cho hỗ trợ.',
};

export const TITLE = 'Điểm cầu';
export const RETRY = { vi: 'Thử lại', en: 'Try again' };
export const CLOSE = { vi: 'Đóng', en: 'Close' };

/** First sentence on the window by the kind of refusal, where the cause itself has no Vietnamese sentence. */
const CAUSES: Record<number, { vi: string; en: string }> = {
  [STATUS_BAD_INPUT]: {
    vi: 'Gói phiên hoặc tham số khởi động không dùng được. Hãy sửa theo dòng dưới đây rồi thử lại.',
    en: 'The session package or an argument cannot be used. Put right what the line below says, then try again.',
  },
  [STATUS_CANNOT_RUN]: {
    vi: 'Máy này chưa mở được dữ liệu của điểm cầu. Hãy kiểm tra ổ đĩa rồi thử lại.',
    en: 'The data of the kiosk cannot be opened on this PC. Check the disk, then try again.',
  },
  [STATUS_UNAVAILABLE]: {
    vi: 'Máy này chưa hiển thị được cửa sổ của điểm cầu. Hãy làm theo dòng dưới đây rồi thử lại.',
    en: 'The windows of the kiosk cannot be shown on this PC. Do what the line below says, then try again.',
  },
  [STATUS_ALREADY_RUNNING]: {
    vi: 'Điểm cầu đang chạy trên máy này.',
    en: 'The kiosk is already running on this PC.',
  },
};
const ANY_CAUSE = {
  vi: 'Điểm cầu chưa khởi động được. Hãy xem dòng dưới đây rồi thử lại.',
  en: 'The kiosk did not start. Read the line below, then try again.',
};

/** The refusal as lines of plain text, Vietnamese first. */
export function describeRefusal({ status, sentence, vi }: Refusal): { vi: string; en: string; detail: string | null } {
  const cause = CAUSES[status] ?? ANY_CAUSE;
  return vi === undefined ? { ...cause, detail: sentence } : { vi, en: sentence, detail: null };
}

/** First word of the console message by which the page says what was pressed; both shells can listen to that. */
const ANSWER_MARK = 'kiosk-answer';

const SCRIPT = `addEventListener('click', (event) => { const button = event.target.closest('button'); if (button) console.log('${ANSWER_MARK} ' + button.value); });`;

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A page that needs no server: address of the whole document. What is pressed comes as a console message. */
export function refusalPage(refusal: Refusal): string {
  const { vi, en, detail } = describeRefusal(refusal);
  const html = `<!doctype html><html lang="vi" translate="no"><head><meta charset="utf-8"><meta name="google" content="notranslate">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${TITLE}</title><style>
body { margin: 0; padding: 2rem 2.5rem; background: #101418; color: #f2f4f6; font: 1.125rem/1.5 system-ui, sans-serif }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.35 }
p { margin: 0 0 1rem } .en { color: #b8c2cc; white-space: pre-wrap } .detail { overflow-wrap: anywhere; padding: .75rem 1rem; background: #1d242b; border-radius: .5rem }
button { border: 0; font: inherit; cursor: pointer; margin: .5rem 1rem 0 0; padding: .75rem 1.75rem; border-radius: .5rem; background: #2f7de1; color: #fff; font-weight: 600 }
button[value='close'] { background: #333d47 } button:focus-visible { outline: 3px solid #ffd24d; outline-offset: 2px } small { font-weight: 400 }
</style></head><body><h1>${escapeHtml(vi)}</h1><p class="en" lang="en">${escapeHtml(en)}</p>${
    detail === null ? '' : `<p class="detail">${escapeHtml(detail)}</p>`
  }<p>${
    refusal.status === 0
      ? ''
      : `<button value="retry" autofocus>${RETRY.vi} <small lang="en">${RETRY.en}</small></button>`
  }<button value="close">${CLOSE.vi} <small lang="en">${CLOSE.en}</small></button></p><script>${SCRIPT}</script></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

/** What was pressed, by a message of the page; null for any other message. */
export function answerOf(message: string): RefusalAnswer | null {
  if (message === `${ANSWER_MARK} retry`) return 'retry';
  return message === `${ANSWER_MARK} close` ? 'close' : null;
}
