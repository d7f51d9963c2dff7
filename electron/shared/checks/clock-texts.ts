import type { CheckWord } from '../../contract/checks.ts';
import type { Saying } from './words.ts';

type ClockTexts = Record<CheckWord<'clock'>, Saying>;

/** What the check of the clock says, in Vietnamese. */
export const clockTextsVi: ClockTexts = {
  right: ['Đúng giờ: lệch {{seconds}} giây so với {{hosts}} máy chủ.'],
  slightly_off: ['Lệch {{seconds}} giây so với {{host}}.', 'Bật tự chỉnh giờ qua mạng trong phần cài đặt của máy.'],
  nobody_says: ['Chưa hỏi giờ được máy chủ nào.', 'So giờ của máy với điện thoại: {{nowAt}}.'],
  hosts_differ: ['Các máy chủ báo giờ khác nhau.', 'So giờ của máy với điện thoại: {{nowAt}}.'],
  wrong: ['Giờ của máy sai {{minutes}} phút so với {{host}}.', 'Chỉnh lại ngày giờ của máy trước khi điểm danh.'],
  refuses_certificates: [
    'Ngày giờ của máy sai ({{nowAt}}), nên kết nối bảo mật tới {{host}} bị từ chối.',
    'Chỉnh lại ngày giờ của máy theo điện thoại, rồi kiểm tra lại.',
  ],
  likely_wrong: [
    'Theo giờ của máy ({{nowAt}}) thì chứng thư của {{host}} không đúng hạn; giờ ấy cũng không khớp gói phiên. Rất có thể giờ của máy sai.',
    'So với điện thoại rồi chỉnh lại ngày giờ của máy; nếu giờ vốn đúng, báo tỉnh xem lại chứng thư.',
  ],
  unset: [
    'Ngày giờ của máy chưa được đặt.',
    'Đặt ngày giờ đúng trước khi điểm danh; thay pin của bo mạch nếu lần nào cũng mất.',
  ],
};

/** What the check of the clock says, in English. */
export const clockTextsEn: ClockTexts = {
  right: ['Right: {{seconds}} seconds from {{hosts}} servers.'],
  slightly_off: [
    '{{seconds}} seconds from {{host}}.',
    'Switch on setting the time over the network in the settings of the PC.',
  ],
  nobody_says: ['No server could be asked for the time.', 'Compare the clock with a telephone: {{nowAt}}.'],
  hosts_differ: ['The servers say different times.', 'Compare the clock with a telephone: {{nowAt}}.'],
  wrong: ['The clock is {{minutes}} minutes wrong, says {{host}}.', 'Set date and time before anybody signs in.'],
  refuses_certificates: [
    'Date or time of this PC is wrong ({{nowAt}}), so the secure connection to {{host}} is refused.',
    'Set date and time by a telephone, then check again.',
  ],
  likely_wrong: [
    'By the clock of this PC ({{nowAt}}) the certificate of {{host}} is out of its dates, and the clock does not fit the package either: the clock is probably wrong.',
    'Compare with a telephone and set date and time; if they were right, have the province look at its certificate.',
  ],
  unset: [
    'Date and time were never set.',
    'Set them before anybody signs in; replace the battery of the board if they are lost each time.',
  ],
};
