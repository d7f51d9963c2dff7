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
    save: 'Thử và lưu',
    trying: 'Đang thử…',
    noWay: 'Thử đi qua máy này thì chưa được. {{cause}}',
    saveAnyway: 'Vẫn lưu',
    notAnAddress: 'Đây không phải địa chỉ máy chủ trung gian; hãy ghi tên máy và số cổng, ví dụ 10.0.0.1:3128.',
  },
  /** What a setting was set to. */
  to: { vi: 'Tiếng Việt', en: 'English', package: 'theo gói phiên', none: 'đi thẳng' },
} as const;
