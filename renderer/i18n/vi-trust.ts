/** What was wrong with the records of this PC and their second copy. */
export const viTrustAlarms = {
  database_rebuilt:
    'Tệp dữ liệu bị hỏng hoặc bị mất; máy đã dựng lại toàn bộ từ bản sao thứ hai. Điểm danh tiếp được; đối chiếu quân số trên màn hình với bản giấy, rồi báo cho hỗ trợ.',
  log_rolled_forward:
    'Tệp dữ liệu thiếu phần cuối (hỏng, hoặc là bản cũ được chép đè); máy đã lấy lại từ bản sao thứ hai. Điểm danh tiếp được; báo cho hỗ trợ.',
  rows_rebuilt:
    'Một số dòng dữ liệu bị hỏng hoặc bị sửa từ bên ngoài; máy đã lấy lại đúng từ bản sao thứ hai. Điểm danh tiếp được; báo cho hỗ trợ sau buổi.',
  rows_set_aside:
    'Có dòng dữ liệu không do phần mềm này ghi; máy đã tách riêng, không tính vào báo cáo, không xóa. Báo cho hỗ trợ.',
  journal_missing:
    'Bản sao thứ hai của dữ liệu không còn trên máy; máy đã lập bản mới. Báo cho hỗ trợ nếu không ai tự xóa tệp này.',
  journal_repaired:
    'Bản sao thứ hai của dữ liệu bị hỏng; máy đã lập lại từ tệp dữ liệu chính. Kiểm tra ổ đĩa sau buổi.',
  journal_set_aside:
    'Bản sao thứ hai trên máy không khớp với tệp dữ liệu; máy đã cất riêng và lập bản mới. Báo cho hỗ trợ.',
  journal_failed:
    'Chưa ghi được bản sao thứ hai; điểm danh vẫn được lưu trong tệp chính. Hãy kiểm tra ổ đĩa còn trống không; nếu vẫn còn thông báo này thì gọi hỗ trợ.',
  receipt_unproven:
    'Biên nhận của tỉnh lưu trên máy không đúng (bị sửa hoặc hỏng); máy gửi lại báo cáo. Báo cho hỗ trợ.',
  copy_stopped:
    'Bản sao thứ hai trên ổ “{{name}}” đã ngừng: ổ bị rút ra, đầy hoặc không trả lời. Điểm danh vẫn được ghi trên máy này. Hãy cắm lại ổ; máy sẽ tự chép bù phần còn thiếu.',
} as const;
