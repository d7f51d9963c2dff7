import { viWays } from './vi-ways.ts';

/** Words that every window needs. `{{you}}` is how the event addresses people. */
export const viShared = {
  language: { choose: 'Ngôn ngữ', vi: 'Tiếng Việt', en: 'English' },
  address: { dong_chi: 'đồng\u00a0chí', ong_ba: 'ông/bà' },
  /** To a whole hall. */
  addressAll: { dong_chi: 'các đồng\u00a0chí', ong_ba: 'quý vị đại\u00a0biểu' },
  ways: viWays,
  common: {
    rehearsal: 'CHẠY THỬ',
    close: 'Đóng',
    cancel: 'Chưa, quay lại',
    back: 'Quay lại',
    reconnecting: 'Đang nối lại…',
    starting: 'Máy đang khởi động…',
    restarting: 'Màn hình đang mở lại, xin đợi một chút…',
    hotline: 'Hỗ trợ: {{hotline}}',
    displayOperator: 'Màn hình của thư ký',
    displayHall: 'Màn hình của hội trường',
    venue: 'Điểm cầu {{venue}}',
  },
} as const;
