/** Sessions whose reports go nowhere. */
export const viReceiver = {
  none: 'Không gửi đi đâu, tự lưu bằng tay',
  noneHint: 'Báo cáo vẫn được niêm phong khi buổi kết thúc; lưu ra USB và in ở bàn điều khiển.',
  title: 'Báo cáo',
  says: 'Phiên này không gửi báo cáo đi đâu.',
  before: 'Khi buổi kết thúc, báo cáo được lập và niêm phong trên máy này. Sau đó hãy lưu ra USB hoặc in.',
  after: 'Báo cáo đã niêm phong trên máy này. Bấm “Lưu tài liệu” ở trang Báo cáo để chép ra USB hoặc in.',
} as const;
