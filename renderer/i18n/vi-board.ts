/** The console: causes of a failed delivery, the timeline, the list of people, paper entry, PINs. */
export const viBoard = {
  whose: {
    server: 'Lỗi ở phía tỉnh.',
    line: 'Lỗi ở mạng của điểm cầu.',
    this_pc: 'Lỗi ở máy này.',
    unknown: 'Chưa rõ lỗi ở điểm cầu hay ở tỉnh.',
  },
  deliveryNext: {
    unreachable: 'Bấm Thử kết nối ở trang Báo cáo; máy tự gửi lại.',
    timeout: 'Không cần làm gì, máy tự gửi lại. Quá 30 phút thì gọi hỗ trợ kỹ thuật.',
    busy: 'Không cần làm gì, máy tự gửi lại.',
    server_error: 'Không cần làm gì, máy tự gửi lại. Quá 30 phút thì gọi hỗ trợ kỹ thuật.',
    no_receipt: 'Mở thử một trang mạng xem có bị đòi đăng nhập không, rồi bấm Gửi ngay.',
    bad_receipt: 'Gọi hỗ trợ kỹ thuật, đọc mã báo cáo.',
    redirected: 'Mở thử một trang mạng xem có bị đòi đăng nhập không, rồi bấm Gửi ngay.',
    refused: 'Gọi tỉnh, đọc mã báo cáo và hỏi lý do.',
    conflict: 'Gọi tỉnh, đọc mã báo cáo.',
    damaged: 'Gọi hỗ trợ kỹ thuật.',
  },
} as const;
