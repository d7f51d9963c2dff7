/** Earlier runs of the checks before the hour. */
export const viCheckRuns = {
  title: 'Các lần kiểm tra trước',
  at: 'Lúc',
  why: 'Vì sao',
  result: 'Kết quả',
  red: 'Cần làm ngay',
  yellow: 'Cần xem',
  occasion: {
    by_hand: 'Có người bấm hoặc trả lời',
    hour_before: 'Máy tự chạy, 60 phút trước buổi',
    quarter_before: 'Máy tự chạy, 15 phút trước buổi',
    command: 'Lệnh kiểm tra',
  },
} as const;
