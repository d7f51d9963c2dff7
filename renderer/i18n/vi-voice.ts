/** Reading aloud at the desk, in the settings of the PC. */
export const viVoice = {
  title: 'Đọc to kết quả điểm danh',
  on: 'Đang bật',
  off: 'Đang tắt',
  noVoice: 'Chưa có giọng đọc tiếng Việt',
  onWithoutVoice: 'Đã bật, nhưng máy này không còn giọng đọc tiếng Việt: bàn điểm danh không đọc.',
  hint: 'Bàn điểm danh đọc tên và kết quả, cho người nhìn kém. Màn hình vẫn hiện ngay, không chờ đọc xong.',
  howToGetOne:
    'Vì vậy chưa bật được trên máy này. Cài giọng đọc tiếng Việt trong phần cài đặt giọng nói của máy tính, rồi mở lại chương trình.',
  turnOn: 'Bật đọc to',
  turnOff: 'Tắt đọc to',
  try: 'Nghe thử',
  sample: 'Nguyễn Văn Đức. Đã điểm danh.',
} as const;
