/** Keys of this PC, its recovery code, and the destroying of personal data. */
export const viKeysAlarms = {
  key_file_repaired:
    'Một tệp khóa của máy bị hỏng, đã tự phục hồi từ bản thứ hai; không mất gì. Ổ đĩa có thể sắp hỏng: kiểm tra sau buổi này.',
  key_copy_repaired:
    'Bản thứ hai của tệp khóa bị hỏng, đã làm lại; không mất gì. Ổ đĩa có thể sắp hỏng: kiểm tra sau buổi này.',
  key_copy_failed:
    'Chưa ghi được bản thứ hai của tệp khóa; máy vẫn chạy. Hãy kiểm tra dung lượng và quyền ghi của ổ đĩa, rồi mở lại chương trình.',
  keys_differ:
    'Trên máy có hai bộ khóa khác nhau; máy dùng bộ mở được dữ liệu, bộ kia được cất riêng. Nếu không ai chép tệp khóa vào máy thì báo cho hỗ trợ.',
};
