/** Beside the test of the scanner; one thing a line. */
export const viScanning = {
  title: 'Cách thử và cách sửa',
  heading: {
    read: 'Quét thử được',
    silent: 'Quét mà không thấy gì',
    wrong: 'Đọc được nhưng sai chữ',
  },
  lines: {
    read: 'Thẻ căn cước: mã QR trên thẻ\nThẻ đảng viên: mã trên thẻ\nThẻ điểm danh có mã QR in từ máy này',
    silent:
      'Bấm chuột vào trang này rồi quét lại\nRút dây máy quét, cắm lại; máy quét không dây thì xem pin\nMã trên điện thoại: tăng độ sáng màn hình',
    wrong:
      'Tắt bộ gõ tiếng Việt trên máy\nĐặt máy quét về bàn phím Mỹ (US) theo sách kèm máy\nVẫn sai: đại biểu tìm theo tên, không cần thẻ',
  },
} as const;
