/** Trials of a loaded session. */
export const viTrial = {
  title: 'Thử với gói thật',
  begin: 'Thử với gói thật',
  hint: 'Chạy thử bằng luồng hình, danh sách, thẻ và đường tới tỉnh của chính phiên này. Không ghi điểm danh, không lập và không gửi báo cáo; tự kết thúc trước giờ mở điểm danh.',
  technicianOnly: 'Cần mở bàn điều khiển bằng mã PIN của cán bộ kỹ thuật.',
  running: 'Đang thử với gói thật',
  runningHint: 'Tự kết thúc lúc {{time}}. Điểm danh trong lúc thử bị xóa khi hết thử, không vào báo cáo.',
  end: 'Kết thúc thử',
  failed: {
    sitting_running: 'Có buổi đang mở nên chưa thử được. Hãy thử sau khi buổi kết thúc.',
    too_late: 'Sắp tới giờ mở điểm danh ({{time}}) nên không thử nữa. Hãy xem trang “Kiểm tra”.',
    no_sitting: 'Phiên này không còn buổi nào phía trước để thử.',
    not_written: 'Chưa thử được: máy không ghi được tệp tạm. Hãy kiểm tra chỗ trống của ổ đĩa rồi thử lại.',
    technician_only: 'Cần mở bàn điều khiển bằng mã PIN của cán bộ kỹ thuật.',
    gone: 'Phiên này không còn dữ liệu trên máy. Hãy nạp lại gói phiên.',
    busy: 'Máy đang mở một phiên. Hãy đợi vài giây.',
    is_trial: 'Máy đang thử rồi.',
    unreachable: 'Máy chưa trả lời. Hãy thử lại sau vài giây.',
  },
} as const;
