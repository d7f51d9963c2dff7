/** The help page of the console; one step a line. In the three faults of a hall the words before the first colon are what is seen. */
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
    count: 'Đếm tại hội trường',
    absent: 'Ghi lý do vắng',
    sign: 'Xác nhận báo cáo',
    return: 'Tỉnh trả lại báo cáo',
  },
  steps: {
    picture:
      'Có phông hội nghị mà không có hình: xem ô “Tín hiệu Trung ương” ở trang “Hình và tiếng”; ô đó nói lỗi ở đâu và phải làm gì.\nLỗi phía Trung ương: chờ, máy tự nhận hình. Quá 5 phút thì gọi số hỗ trợ.\nLỗi đường truyền: xem dây mạng, bộ phát mạng; rút ra cắm lại; gọi nhà mạng.\nMàn hình lớn tối đen: xem máy chiếu hoặc tivi đã bật, đúng cổng tín hiệu, dây nối chặt ở hai đầu.\nHình đứng hoặc giật: không bấm gì, máy tự nối lại. Quá 5 phút thì gọi số hỗ trợ.\nTrong lúc đó: không tắt máy này, điểm danh vẫn làm việc khi mất hình.',
    sound:
      'Việc đầu tiên: vào trang “Hình và tiếng”, bấm “Phát tiếng thử”.\nKhông có tiếng thử: xem loa, bàn trộn đã bật và đã vặn to; xem âm lượng của máy tính; chọn loa khác trong ô “Loa của hội trường” rồi thử lại.\nCó tiếng thử, không có tiếng hội nghị: xem “Âm lượng” dưới hình; đang tắt thì bấm “Bật tiếng”.\nVẫn không có, vạch “Mức tiếng” không chạy: Trung ương chưa có tiếng; chờ hoặc gọi số hỗ trợ.',
    network:
      'Điểm danh: không cần mạng, cứ tiếp tục.\nHình: chiếu tiếp phần đã nhận rồi dừng; có mạng là tự chiếu tiếp.\nTìm lỗi: xem dây mạng và bộ phát mạng; có thể phát mạng từ điện thoại.\nHết buổi chưa có mạng: báo cáo nằm trong máy, tự gửi khi có mạng và chương trình đang mở.\nTỉnh cần số ngay: vào trang “Báo cáo”, đọc các số ở ô “Đọc qua điện thoại”; hoặc bấm “Lưu tài liệu”, lưu bản đã niêm phong ra USB mang đi gửi.',
    before:
      'Vào “Kiểm tra trước giờ”, bấm “Kiểm tra ngay”; làm hết các mục cần làm ngay.\nXem “Việc cần làm” ở trang “Tổng quan”; bấm từng dòng để tới chỗ làm.\nChưa có danh sách: vào “Đại biểu”, “Nhập danh sách”.\nBấm “Phát tiếng thử” ở trang “Hình và tiếng”, đứng cuối hội trường nghe.\nThử một thẻ ở “Đại biểu”, “Thử máy quét”.\nVào trang “Báo cáo”, “Phiếu giấy, thẻ QR”: in sẵn phiếu điểm danh giấy, phòng khi mất điện.',
    desk: 'Tìm trong “Đại biểu”, “Danh sách”; thử chỉ gõ tên, không gõ họ.\nKhông có: bấm “Thêm người”, chọn đúng thành phần.\nNgười đến dự thay: chọn “Dự thay” và tên người được thay.\nMáy báo đã điểm danh mà đại biểu nói chưa: mở tên đó, xem “Các lần ghi”, rồi “Hủy điểm danh” với lý do.',
    power:
      'Điểm danh bằng phiếu giấy.\nCó điện: bật máy, mở chương trình; máy tiếp tục đúng buổi, số đã ghi vẫn còn.\nGhi người trên phiếu giấy ở “Đại biểu”, “Nhập từ phiếu giấy”, với giờ đến thực tế.',
    screens:
      'Windows: bấm phím Windows và P, chọn “Mở rộng”.\nMáy tự đưa màn hình lớn sang máy chiếu; đợi vài giây.\nHai màn hình ngược nhau: vào trang “Hình và tiếng”, bấm “Hiện số trên màn hình”; số 2 phải ở hội trường, nếu không thì bấm “Đổi chỗ hai màn hình”.\nMáy chỉ có một màn hình: F8 hiện màn hình lớn hoặc bàn điểm danh, F9 hiện bàn điều khiển.\nBằng chuột hoặc chạm: giữ hình ổ khóa ở góc bàn điểm danh; trên màn hình lớn thì rê chuột, rồi giữ nút ở góc.',
    count:
      'Đếm số người đang ngồi trong hội trường.\nVào “Đại biểu”, “Lượt điểm danh”, ghi số người đếm được.\nNếu khác danh sách thì ghi lý do chênh lệch.',
    absent:
      'Vào “Đại biểu”, chọn tình trạng “Chưa có mặt”.\nNhiều người cùng lý do: đánh dấu từng người, bấm “Ghi vắng có lý do”.\nGhi nhầm: bấm “Hoàn tác” ngay ở dòng báo, hoặc mở tên người đó và hủy lần ghi.',
    sign: 'Vào “Báo cáo”, đúng buổi ở đầu trang; đọc các số.\nBấm “Chủ trì xác nhận”, xem lại dòng số liệu, nhập mã PIN.\nBấm “Lưu tài liệu” để lưu ra USB, “Xem và in” để in ngay.\nBáo cáo tự gửi; tỉnh nhận thì có số biên nhận.',
    return:
      'Đọc lý do ở trang “Báo cáo”.\nBấm “Mở để bổ sung”; sửa ở trang “Đại biểu”.\nTrở lại “Báo cáo”, xem các thay đổi, bấm “Chốt bản bổ sung”.\nBản mới tự gửi; bản trước vẫn giữ nguyên.',
  },
} as const;
