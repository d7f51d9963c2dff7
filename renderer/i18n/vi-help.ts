/** The help page of the console; one step a line. */
export const viHelp = {
  call: 'Chưa giải quyết được: gọi {{hotline}}, đọc tên điểm cầu và dòng chữ đang hiện trên màn hình.',
  callNone: 'Chưa giải quyết được: gọi số hỗ trợ ghi trong công văn triệu tập.',
  title: {
    picture: 'Không có hình',
    sound: 'Không có tiếng',
    network: 'Mất mạng',
    before: 'Trước giờ bắt đầu',
    desk: 'Đại biểu không tìm thấy tên',
    power: 'Mất điện, máy tắt',
    screens: 'Hình hiện nhầm màn hình',
    count: 'Đếm quân số',
    absent: 'Ghi lý do vắng',
    sign: 'Xác nhận báo cáo',
    return: 'Tỉnh trả lại báo cáo',
  },
  steps: {
    picture:
      'Màn hình lớn có phông hội nghị nhưng không có hình: xem mục “Hình và tiếng”, dòng “Tín hiệu Trung ương” nói nguyên nhân ở đâu.\nPhía Trung ương: chờ, máy tự nhận hình. Quá 5 phút thì gọi số hỗ trợ.\nPhía đường truyền: xem dây mạng, bộ phát mạng; rút ra cắm lại; gọi nhà mạng.\nMàn hình lớn tối đen: xem máy chiếu hoặc tivi đã bật, đúng cổng tín hiệu, dây nối chặt ở hai đầu.\nKhông tắt máy này: điểm danh vẫn làm việc khi mất hình.',
    sound:
      'Vào “Hình và tiếng”, bấm “Phát tiếng thử”.\nCó tiếng thử mà không có tiếng hội nghị: Trung ương chưa có tiếng; chờ hoặc gọi số hỗ trợ.\nKhông có tiếng thử: xem loa, bàn trộn đã bật và đã tăng âm lượng.\nVẫn không có: chọn loa khác trong danh sách rồi thử lại.\nTrên màn hình có dòng “Tiếng đang tắt”: bật tiếng của Windows ở góc dưới bên phải.',
    network:
      'Điểm danh không cần mạng: cứ tiếp tục.\nHình chiếu tiếp phần đã nhận, rồi dừng; có mạng là tự chiếu tiếp.\nXem dây mạng và bộ phát mạng; có thể phát mạng từ điện thoại.\nHết buổi mà vẫn chưa có mạng: báo cáo nằm trong máy và tự gửi khi có mạng.\nTỉnh cần số ngay: vào “Báo cáo”, đọc các số ở ô “Đọc qua điện thoại”; hoặc lưu bản đã niêm phong ra USB mang đi gửi.',
    before:
      'Xem “Việc cần làm” ở trang Tổng quan; bấm từng dòng để tới chỗ làm.\nNhập danh sách đại biểu, nếu gói dữ liệu chưa có.\nPhát tiếng thử; đứng cuối hội trường nghe.\nThử một thẻ ở “Đại biểu”, phần “Thử máy quét”.\nVào “Báo cáo”, bấm “Thử kết nối” với tỉnh.\nIn sẵn phiếu điểm danh giấy, phòng khi mất điện.',
    desk: 'Tìm trong “Đại biểu”, “Danh sách”; thử chỉ gõ tên, không gõ họ.\nKhông có: bấm “Thêm người”, chọn đúng thành phần.\nNgười đến dự thay: chọn “Dự thay” và tên người được thay.\nMáy báo đã điểm danh mà đại biểu nói chưa: mở tên đó, xem “Các lần ghi”, rồi “Hủy điểm danh” với lý do.',
    power:
      'Điểm danh bằng phiếu giấy.\nCó điện: bật máy, mở chương trình; máy tiếp tục đúng buổi, số đã ghi vẫn còn.\nGhi người trên phiếu giấy ở “Đại biểu”, “Nhập từ phiếu giấy”, với giờ đến thực tế.',
    screens:
      'Windows: bấm phím Windows và P, chọn “Mở rộng”.\nMáy tự đưa màn hình lớn sang máy chiếu; đợi 5 giây.\nMáy chỉ có một màn hình: F8 hiện màn hình lớn, F9 hiện bàn điều khiển.\nBằng chuột hoặc chạm: giữ hình ổ khóa ở góc bàn điểm danh; trên màn hình lớn thì rê chuột, rồi giữ nút ở góc.',
    count:
      'Đếm số người đang ngồi trong hội trường.\nVào “Đại biểu”, “Lượt điểm danh”, ghi số đếm.\nNếu khác danh sách thì ghi lý do chênh lệch.',
    absent:
      'Vào “Đại biểu”, chọn tình trạng “Chưa có mặt”.\nNhiều người cùng lý do: đánh dấu từng người, bấm “Ghi vắng có lý do”.\nGhi nhầm: bấm “Hoàn tác” ngay ở dòng báo, hoặc mở tên người đó và hủy lần ghi.',
    sign: 'Vào “Báo cáo”, đúng buổi ở đầu trang; đọc các số.\nBấm “Chủ trì xác nhận”, xem lại dòng số liệu, nhập mã PIN.\nBấm “Lưu tài liệu” để có bản in.\nBáo cáo tự gửi; tỉnh nhận thì có số biên nhận.',
    return:
      'Đọc lý do ở trang “Báo cáo”.\nBấm “Mở để bổ sung”; sửa ở mục “Đại biểu”.\nTrở lại “Báo cáo”, xem các thay đổi, bấm “Chốt bản bổ sung”.\nBản mới tự gửi; bản trước vẫn giữ nguyên.',
  },
} as const;
