/** How this PC speaks, writes and goes out, on the console's page of settings. */
export const viPc = {
  language: {
    title: 'Ngôn ngữ của máy',
    hint: 'Mọi màn hình mở ra bằng ngôn ngữ này. Ai đến bàn điểm danh vẫn đổi được cho riêng mình.',
  },
  letters: {
    title: 'Chữ to ở bàn điểm danh',
    hint: 'Khi bật, mỗi người đến bàn đều thấy chữ to ngay từ đầu.',
    on: 'Đang bật',
    off: 'Đang tắt',
    turnOn: 'Bật chữ to',
    turnOff: 'Tắt chữ to',
  },
  proxy: {
    direct: 'Đi thẳng, không qua máy chủ trung gian',
    by: 'Đi qua {{proxy}}',
    hint: 'Hình và báo cáo cùng đi đường này. Đặt ở đây được ưu tiên hơn gói phiên (gói ghi: {{ofPackage}}).',
    use: { package: 'Theo gói phiên', none: 'Đi thẳng', address: 'Đặt địa chỉ…' },
    address: 'Địa chỉ máy chủ trung gian',
    name: 'Tên đăng nhập (nếu có)',
    password: 'Mật khẩu (nếu có)',
    hasLogin: 'Có tên và mật khẩu, cất trong máy dưới dạng mã hóa.',
    save: 'Thử và lưu',
    trying: 'Đang thử…',
    noWay: 'Thử đi qua máy này thì chưa được. {{cause}}',
    saveAnyway: 'Vẫn lưu',
    loginInAddress:
      'Đừng ghi tên và mật khẩu trong địa chỉ: ai nhìn màn hình cũng đọc được. Hãy gõ vào hai ô bên dưới.',
    noKey: 'Máy này chưa mở phiên họp nào nên chưa cất được mật khẩu. Hãy mở phiên họp rồi đặt lại ở đây.',
    notAnAddress: 'Đây không phải địa chỉ máy chủ trung gian; hãy ghi tên máy và số cổng, ví dụ 10.0.0.1:3128.',
  },
  /** What a setting was set to. */
  to: { vi: 'Tiếng Việt', en: 'English', package: 'theo gói phiên', none: 'đi thẳng' },
} as const;

/** Alarms about these settings. */
export const viPcAlarms = {
  pc_settings_lost:
    'Không đọc được cài đặt của máy này; mọi cài đặt trở về như lúc mới cài. Hãy xem lại ngôn ngữ và máy chủ trung gian ở trang “Cài đặt”.',
};
