/** The roster in the form of a session that is made on the spot. */
export const viLocalRoster = {
  title: 'Danh sách đại biểu',
  none: 'Chưa chọn tệp. Chọn ở đây, hoặc nhập sau ở bàn điều khiển.',
  choose: 'Chọn tệp danh sách…',
  chooseOther: 'Chọn tệp khác…',
  chosen: '{{people}} người trong “{{file}}”',
  drop: 'Bỏ danh sách',
  back: 'Quay lại phiên',
  take: 'Dùng danh sách này',
  takeHint: 'Danh sách đi cùng phiên và nằm trong tệp phiên được lưu. Vào bàn điều khiển vẫn sửa được.',
} as const;

/** What a field for a day or a time of day expects. */
export const viMomentField = { day: 'ngày/tháng/năm', time: 'giờ:phút' } as const;
