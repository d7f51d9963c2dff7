/** Keys of this PC, its recovery code, and the destroying of personal data. */
export const viKeysAlarms = {
  retention_warned:
    'Đến hạn hủy họ tên và số giấy tờ của một hội nghị cũ trên máy này. Cần danh sách thì lưu ra USB trước ngày ghi ở trang “Báo cáo”; số liệu và biên nhận vẫn còn.',
  key_file_repaired:
    'Một tệp khóa của máy bị hỏng, đã tự phục hồi từ bản thứ hai; không mất gì. Ổ đĩa có thể sắp hỏng: kiểm tra sau buổi này.',
  key_copy_repaired:
    'Bản thứ hai của tệp khóa bị hỏng, đã làm lại; không mất gì. Ổ đĩa có thể sắp hỏng: kiểm tra sau buổi này.',
  key_copy_failed:
    'Chưa ghi được bản thứ hai của tệp khóa; máy vẫn chạy. Hãy kiểm tra dung lượng và quyền ghi của ổ đĩa, rồi mở lại chương trình.',
  keys_differ:
    'Trên máy có hai bộ khóa khác nhau; máy dùng bộ mở được dữ liệu, bộ kia được cất riêng. Nếu không ai chép tệp khóa vào máy thì báo cho hỗ trợ.',
};

/** The recovery code. */
export const viKeys = {
  title: 'Mã khôi phục',
  none: 'Chưa làm mã khôi phục cho máy này.',
  made: 'Đã làm mã khôi phục, tờ số {{sheet}}, ngày {{date}}.',
  what: 'Máy hỏng hoặc mất khóa thì tờ mã này mở được danh sách và số liệu trên máy khác. Ghi ra giấy, cất riêng, không để cạnh máy.',
  make: 'Làm mã khôi phục',
  again: 'Làm mã mới',
  againBody: 'Tờ mã cũ sẽ không dùng được nữa cho máy này. Làm mã mới?',
  sheet: 'Tờ mã khôi phục số {{sheet}}',
  onlyOnce: 'Mã chỉ hiện một lần, máy không lưu. Ghi số tờ và đủ 9 nhóm theo thứ tự từng hàng, rồi đọc lại từng nhóm.',
  copied: 'Đã ghi đủ',
  failed: 'Chưa làm được mã: xem lại ổ đĩa; chỉ cán bộ kỹ thuật làm được việc này.',
  saveSheet: 'Lưu tờ mã để in',
  sheetSaved: 'Đã lưu {{file}}. In xong thì xóa tệp này.',
  sheetFailed: 'Chưa lưu được tờ mã: cắm USB rồi thử lại, hoặc chép tay.',
  checkOpen: 'Thử lại tờ mã',
  checkTitle: 'Gõ lại tờ mã số {{sheet}}',
  checkHow: 'Gõ đủ 9 nhóm đúng như trên giấy, từng hàng từ trái sang phải. Gõ sai nhóm nào, máy chỉ ra nhóm đó.',
  checkDo: 'Kiểm tra',
  check: {
    right: 'Đúng. Tờ mã này mở được dữ liệu của máy.',
    wrong_length: 'Mới có {{digits}} trên {{wanted}} chữ số: xem còn thiếu hoặc thừa chỗ nào.',
    wrong_group: 'Nhóm thứ {{group}} sai: xem lại nhóm đó trên giấy.',
    wrong_check: 'Các nhóm không khớp nhau: có thể hai nhóm bị đổi chỗ.',
    no_file: 'Máy này chưa có mã khôi phục.',
    other_code: 'Tờ mã này không phải của máy này, hoặc đã có tờ mới hơn.',
    unreachable: 'Máy chưa trả lời. Mời thử lại.',
  },
  copies: {
    title: 'Bản sao trên USB',
    on: 'Đang bật: cắm USB vào là có bản sao',
    off: 'Đang tắt: không ghi gì lên USB',
    hint: 'Bản sao được mã hóa, chỉ máy này hoặc tờ mã khôi phục mở được. Ổ đĩa hỏng thì máy lấy lại điểm danh từ đó.',
    turnOn: 'Ghi bản sao lên USB',
    turnOff: 'Thôi ghi lên USB',
  },
  retention: 'Thời hạn lưu dữ liệu cá nhân',
  willDestroy: '{{conference}}: họ tên và số giấy tờ sẽ được hủy từ ngày {{date}}. Số liệu và biên nhận còn giữ.',
  destroyed: '{{conference}}: đã hủy dữ liệu cá nhân ngày {{date}}. Giấy chứng nhận {{certificate}}.',
  saveCertificate: 'Lưu giấy chứng nhận',
  certificateSaved: 'Đã lưu {{file}}',
  certificateFailed: 'Chưa lưu được: cắm USB rồi thử lại.',
};
