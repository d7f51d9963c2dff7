/** Ways to another window by mouse and touch. */
export const viWays = {
  desk: 'Bàn điểm danh: giữ một giây',
  deskHint: 'Giữ thêm một chút để về bàn điểm danh',
  console: 'Bàn điều khiển: giữ một giây',
  consoleHint: 'Dành cho cán bộ kỹ thuật: giữ một giây',
} as const;
