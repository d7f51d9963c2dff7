import { clockTextsVi } from './clock-texts.ts';
import type { CheckTexts } from './words.ts';

export const CHECK_TEXTS_VI: CheckTexts = {
  title: {
    displays: 'Màn hình',
    picture: 'Hình từ Trung ương',
    sound: 'Loa hội trường',
    clock: 'Giờ của máy',
    names: 'Tên máy chủ (DNS)',
    proxy: 'Máy chủ trung gian (proxy)',
    certificates: 'Chứng thư bảo mật',
    province: 'Đường gửi về tỉnh',
    disk: 'Ổ đĩa',
    power: 'Nguồn điện',
    sleep: 'Máy không ngủ',
    autostart: 'Tự khởi động',
    pins: 'Mã PIN',
    roster: 'Danh sách đại biểu',
    scanner: 'Máy quét thẻ',
    package: 'Gói phiên',
    second_copy: 'Bản sao thứ hai của nhật ký',
    browser: 'Chương trình hiển thị',
    updates: 'Cập nhật hệ thống',
    front: 'Cửa sổ đang ở trước',
    lockdown: 'Khóa máy',
  },
  words: {
    displays: {
      two: ['{{count}} màn hình. Màn hình lớn: {{stage}}. Bàn điểm danh: {{desk}}.'],
      one: ['Chỉ có một màn hình: {{desk}}.', 'Cắm máy chiếu hoặc màn hình thứ hai, nếu hội trường có.'],
      small: ['Màn hình {{small}} nhỏ hơn 1280×720.', 'Chọn độ phân giải lớn hơn cho màn hình này.'],
      mirrored: ['Hai màn hình đang chiếu cùng một hình.', 'Bấm phím Windows + P, chọn “Mở rộng”.'],
      unknown: ['Chạy không có màn hình nên chưa xem được.', 'Kiểm tra lại khi cửa sổ đã mở trên màn hình.'],
      misplaced: [
        'Cửa sổ {{window}} không phủ kín màn hình của nó.',
        'Bấm F8 hai lần; vẫn vậy thì mở lại chương trình.',
      ],
      none: ['Không thấy màn hình nào.', 'Cắm lại dây màn hình và bật màn hình lên.'],
    },
    picture: {
      good: ['Giải mã được {{sources}} nguồn. Đường truyền {{mbps}} Mbit/s, cần {{needed}} Mbit/s.'],
      playing: ['Màn hình lớn đang chiếu hình này. Không đo đường truyền lúc đang chiếu.'],
      not_needed: ['Gói phiên không có luồng hình: hình đến từ thiết bị khác.'],
      undecoded: [
        'Tải được hình, đường truyền {{mbps}} Mbit/s (cần {{needed}}), nhưng chưa thử giải mã vì màn hình lớn chưa mở.',
        'Mở màn hình lớn rồi kiểm tra lại.',
      ],
      slow: [
        'Đường truyền {{mbps}} Mbit/s, hình nét nhất cần {{needed}} Mbit/s. Hình sẽ tự giảm độ nét.',
        'Tắt các máy khác đang dùng chung mạng, rồi kiểm tra lại.',
      ],
      not_begun: ['Trung ương chưa phát hình.', 'Kiểm tra lại 15 phút trước giờ; máy cũng tự kiểm tra lúc đó.'],
      some_fail: [
        '{{failed}} trong {{sources}} nguồn không lấy được ({{host}}): {{cause}}',
        'Vẫn chiếu được bằng nguồn còn lại. {{causeNext}}',
      ],
      too_slow: [
        'Đường truyền {{mbps}} Mbit/s, hình kém nét nhất cũng cần {{least}} Mbit/s.',
        'Dùng đường mạng khác, hoặc tắt hết các máy dùng chung mạng.',
      ],
      not_decodable: [
        'Máy này không giải mã được hình của {{host}}.',
        'Báo hỗ trợ kỹ thuật: cần hình H.264 và tiếng AAC.',
      ],
      fails: ['Không lấy được hình ({{host}}): {{cause}}', '{{causeNext}}'],
    },
    sound: {
      heard: ['Đã nghe thấy tiếng thử lúc {{heardAt}}. Loa: {{device}}.'],
      not_asked: ['Chưa ai xác nhận nghe thấy tiếng thử. Loa: {{device}}.', 'Bấm “Phát tiếng thử” rồi trả lời.'],
      not_heard: [
        'Không nghe thấy tiếng thử. Loa: {{device}}.',
        'Bật loa và âm-li, vặn to lên, chọn đúng loa ở trang Hình và tiếng, rồi thử lại.',
      ],
      device_lost: [
        'Loa đã chọn ({{device}}) không còn cắm vào máy.',
        'Cắm lại loa, hoặc chọn loa khác ở trang Hình và tiếng.',
      ],
    },
    clock: clockTextsVi,
    names: {
      found: ['Tra được {{count}} tên máy chủ trong {{ms}} mili giây.'],
      none_needed: ['Gói phiên chỉ dùng địa chỉ số, không cần tra tên.'],
      slow: ['Tra tên {{host}} mất {{seconds}} giây.', 'Khởi động lại bộ phát mạng; vẫn chậm thì gọi nhà mạng.'],
      fails: ['Không tra được tên {{host}}: {{cause}}', '{{causeNext}}'],
    },
    proxy: {
      none: ['Không dùng máy chủ trung gian.'],
      works: ['Đi qua được {{proxy}}.'],
      not_used: [
        'Máy này đặt sẵn máy chủ trung gian {{proxy}}, gói phiên thì không; chương trình đi thẳng.',
        'Nếu mạng bắt buộc qua máy chủ trung gian, đặt địa chỉ đó trong phần cài đặt.',
      ],
      fails: ['{{proxy}}: {{cause}}', '{{causeNext}}'],
    },
    certificates: {
      trusted: ['Tin được chứng thư của {{count}} máy chủ.'],
      none_needed: ['Gói phiên không dùng kết nối bảo mật.'],
      expires_soon: [
        'Chứng thư của {{host}} hết hạn sau {{days}} ngày.',
        'Báo hỗ trợ kỹ thuật; điểm cầu không sửa được.',
      ],
      inspected: [
        '“{{who}}” mở kết nối tới {{host}} và thay chứng thư. Máy này đang tin phần mềm đó.',
        'Cho {{host}} vào danh sách bỏ qua của phần mềm đó.',
      ],
      fails: ['{{host}}: {{cause}}', '{{causeNext}}'],
      inspected_refused: [
        '“{{who}}” mở kết nối tới {{host}} và thay chứng thư; chương trình từ chối.',
        'Cho {{host}} vào danh sách bỏ qua của phần mềm hoặc tường lửa đó.',
      ],
    },
    province: {
      none_here: ['Phiên này không gửi báo cáo đi đâu: báo cáo được niêm phong và lưu bằng tay.'],
      open: ['Máy chủ của tỉnh ({{host}}) trả lời sau {{seconds}} giây, nhận được kiểu gửi báo cáo.'],
      busy: [
        'Máy chủ của tỉnh ({{host}}) đang quá tải.',
        'Không cần làm gì: báo cáo tự gửi lại cho đến khi có biên nhận.',
      ],
      method_blocked: [
        'Có thiết bị trên đường chặn kiểu gửi báo cáo (PUT) tới {{host}}.',
        'Nhờ người quản lý mạng cho phép PUT tới {{host}}.',
      ],
      fails: ['Chưa tới được máy chủ của tỉnh ({{host}}): {{cause}}', '{{causeNext}}'],
    },
    disk: {
      good: ['Còn trống {{free}} GB. Ghi chắc chắn một lần mất {{ms}} mili giây.'],
      little: ['Chỉ còn trống {{free}} GB.', 'Xóa bớt tệp không cần trên ổ đĩa này.'],
      slow: ['Ghi chắc chắn một lần mất {{ms}} mili giây.', 'Đóng các chương trình đang chép tệp; ổ đĩa cũ nên thay.'],
      full: ['Ổ đĩa gần đầy: còn {{free}} GB.', 'Xóa bớt tệp ngay, trước khi điểm danh.'],
      very_slow: [
        'Ghi chắc chắn một lần mất {{ms}} mili giây: mỗi lượt điểm danh sẽ phải chờ.',
        'Đóng chương trình đang chép tệp; vẫn chậm thì đổi máy.',
      ],
      cannot_write: [
        'Không ghi được vào thư mục dữ liệu ({{code}}).',
        'Kiểm tra ổ đĩa và quyền ghi; báo hỗ trợ kỹ thuật.',
      ],
    },
    power: {
      mains: ['Đang dùng điện lưới.'],
      unknown: ['Máy không cho biết nguồn điện.', 'Xem dây nguồn đã cắm chặt chưa.'],
      battery: ['Đang chạy bằng pin, còn {{percent}}%.', 'Cắm dây nguồn, và xem ổ cắm có điện không.'],
    },
    sleep: {
      kept_awake: ['Trong buổi, chương trình giữ cho máy không ngủ.'],
      never: ['Hệ thống đã tắt chế độ ngủ.'],
      may_blank: [
        'Máy không ngủ, nhưng màn hình tự tắt sau {{minutes}} phút không bấm.',
        'Đặt “Tắt màn hình: Không bao giờ”.',
      ],
      unknown: ['Không xem được chế độ ngủ của máy.', 'Đặt “Ngủ: Không bao giờ” trong phần nguồn điện.'],
      may_sleep: [
        'Máy có thể tự ngủ sau {{minutes}} phút, và không cho chương trình giữ thức.',
        'Đặt “Ngủ: Không bao giờ” trong phần nguồn điện.',
      ],
    },
    autostart: {
      on: ['Chương trình tự mở mỗi khi người dùng này đăng nhập vào máy.'],
      off: ['Chưa bật tự khởi động.', 'Bật trong phần cài đặt, để vào máy là chạy, không phải mở tay.'],
      unknown: ['Không xem được mục tự khởi động.', 'Xem trong phần cài đặt.'],
      broken: [
        'Mục tự khởi động còn đó, nhưng chương trình nó gọi ({{program}}) không có.',
        'Tắt rồi bật lại tự khởi động trong phần cài đặt.',
      ],
    },
    pins: {
      both: ['Đã đặt mã PIN của cán bộ kỹ thuật và của chủ trì.'],
      no_chair: [
        'Chưa có mã PIN của chủ trì: báo cáo sẽ được xác nhận bằng mã của cán bộ kỹ thuật.',
        'Đặt mã PIN cho chủ trì ở trang Cài đặt, “Đổi mã PIN”.',
      ],
      missing: [
        'Chưa đặt mã PIN của cán bộ kỹ thuật: ai cũng mở được bàn điều khiển.',
        'Đặt mã PIN trên màn hình khóa của bàn điều khiển.',
      ],
    },
    roster: {
      good: ['{{count}} đại biểu, danh sách ngày {{listAt}}.'],
      none: ['Không có danh sách: mọi người điểm danh như khách bổ sung.', 'Nhập danh sách ở trang Đại biểu, nếu có.'],
      old: ['{{count}} đại biểu, nhưng danh sách đã {{days}} ngày tuổi.', 'Hỏi tỉnh có danh sách mới hơn không.'],
      questions: ['{{count}} đại biểu, còn {{open}} cặp có thể là một người.', 'Xem và gộp ở trang Đại biểu.'],
      empty: ['Danh sách đại biểu không có ai.', 'Nhập lại danh sách ở trang Đại biểu.'],
      damaged: [
        '{{open}} người trong danh sách không đọc được nữa.',
        'Nhập lại gói phiên hoặc danh sách; báo hỗ trợ kỹ thuật.',
      ],
    },
    scanner: {
      read: ['Đã quét thử đúng lúc {{readAt}}.'],
      none_here: ['Bàn này không dùng máy quét.'],
      not_tried: ['Chưa quét thử thẻ nào.', 'Quét một thẻ căn cước ở ô bên dưới, hoặc bấm “Không có máy quét”.'],
      garbled: [
        'Quét được nhưng chữ bị đổi trên đường tới máy.',
        'Tắt bộ gõ tiếng Việt, hoặc đặt máy quét về bàn phím tiếng Anh (US).',
      ],
      unreadable: [
        'Máy quét gửi tới chuỗi không đọc được.',
        'Lau mặt kính, quét lại; vẫn vậy thì đặt lại máy quét theo tờ hướng dẫn.',
      ],
    },
    package: {
      signed: ['Có chữ ký số của tỉnh, phát hành ngày {{issuedAt}}.'],
      rehearsal: ['Đang chạy thử, không phải phiên thật.'],
      unsigned: ['Gói phiên chưa có chữ ký số của tỉnh.', 'Xin tỉnh gói có chữ ký số; báo cáo ghi rõ điều này.'],
      by_person: [
        'Có người ở đây cho dùng gói này; báo cáo ghi rõ điều đó.',
        'Đối chiếu mã gói với tỉnh qua điện thoại.',
      ],
      old: ['Gói phiên đã {{days}} ngày tuổi.', 'Hỏi tỉnh có gói mới hơn không.'],
      file_bad: ['Tệp gói phiên mới nhất bị hỏng; đang dùng bản đã lưu.', 'Chép lại tệp gói phiên từ tỉnh.'],
      over: ['Mọi buổi trong gói này đều đã qua ({{lastAt}}).', 'Nạp gói phiên mới, hoặc xem lại ngày giờ của máy.'],
    },
    second_copy: {
      complete: ['Bản sao thứ hai đầy đủ.'],
      none: [
        'Chưa có bản sao thứ hai ngoài cơ sở dữ liệu.',
        'Nếu có USB dành riêng: cắm vào, rồi bật “Bản sao trên USB” trong Cài đặt.',
      ],
      behind: ['Bản sao thứ hai còn chậm hơn nhật ký.', 'Xem USB còn cắm và còn chỗ không.'],
      failed: ['Không ghi được bản sao thứ hai.', 'Thay USB khác; dữ liệu chính vẫn còn nguyên.'],
    },
    browser: {
      new: ['{{name}} {{version}}.'],
      old: ['{{name}} {{version}} đã {{days}} ngày chưa cập nhật.', 'Cập nhật sau hội nghị, không phải bây giờ.'],
      unknown: ['Chưa biết chương trình nào hiển thị cửa sổ.', 'Kiểm tra lại khi cửa sổ đã mở.'],
      too_old: ['{{name}} {{version}} quá cũ để chiếu ổn định.', 'Cập nhật trình duyệt ngay, rồi mở lại chương trình.'],
    },
    updates: {
      none: ['Không có bản cập nhật nào đang chờ.'],
      pending: ['Có {{count}} bản cập nhật đang chờ.', 'Cài sau hội nghị, không phải bây giờ.'],
      long_ago: ['Đã {{days}} ngày máy chưa xem có bản cập nhật.', 'Cập nhật sau hội nghị.'],
      unknown: [
        'Không xem được tình trạng cập nhật.',
        'Xem trong phần cài đặt của máy; đừng cập nhật trong giờ hội nghị.',
      ],
      restart_wanted: [
        'Bản cập nhật đã cài đang chờ khởi động lại máy.',
        'Khởi động lại máy bây giờ, nếu còn trên 30 phút.',
      ],
      running: ['Máy đang cài bản cập nhật.', 'Chờ cài xong rồi kiểm tra lại; đừng tắt máy.'],
      will_restart: [
        'Bản cập nhật sẽ tự khởi động lại máy lúc {{time}}.',
        'Khởi động lại máy bây giờ, trước hội nghị.',
      ],
    },
    front: {
      ours: ['Cửa sổ của chương trình đang ở trước.'],
      unknown: ['Chưa xem được cửa sổ nào đang ở trước.', 'Nhìn màn hình: nếu có cửa sổ lạ thì đóng nó.'],
      other: ['Có chương trình khác đang ở trước: {{name}}.', 'Đóng chương trình đó, rồi bấm F8.'],
    },
    lockdown: {
      set: ['Máy đã khóa theo hướng dẫn.'],
      not_set: [
        'Chưa khóa máy: phím tắt của hệ thống vẫn mở được chương trình khác.',
        'Đặt theo trang “Khóa máy”, nếu bàn điểm danh không có người trông.',
      ],
      unknown: ['Không xem được tình trạng khóa máy.', 'Xem trang “Khóa máy”.'],
      broken: ['Khóa máy đã đặt nhưng không còn đủ: {{file}}.', 'Chạy lại lệnh khóa máy bằng tài khoản quản trị.'],
    },
  },
  notDone: ['Không kiểm tra được mục này.', 'Bấm “Kiểm tra lại”; vẫn vậy thì báo hỗ trợ kỹ thuật.'],
  standardDevice: 'loa mặc định của máy',
  unknownWord: 'Kết quả của phiên bản phần mềm khác.',
  verdict: { ready: 'sẵn sàng', ready_with_remarks: 'sẵn sàng, có điều cần xem', not_ready: 'chưa sẵn sàng' },
  state: { green: 'Đạt', yellow: 'Cần xem', red: 'Cần làm ngay', aside: 'Để biết' },
  occasion: {
    by_hand: 'bấm tay',
    hour_before: 'tự động, 60 phút trước giờ',
    quarter_before: 'tự động, 15 phút trước giờ',
    command: 'dòng lệnh',
  },
};
