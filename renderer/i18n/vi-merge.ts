/** Words of merging two entries of the list that both have records. */
export const viMerge = {
  merge: {
    title: 'Hai dòng này là một người?',
    stays: 'Dòng giữ lại:',
    goes: 'Dòng gộp vào:',
    as: { both: 'Nếu tính cả hai:', kept: 'Nếu chỉ tính dòng giữ lại:' },
    both: 'Gộp, tính cả hai',
    kept: 'Gộp, chỉ tính dòng giữ lại',
    not: 'Không gộp',
    nothing: 'không có lần ghi',
    arrived: 'đến lúc {{time}}',
    left: 'về lúc {{time}}',
    confirmed: 'có mặt {{n}} lượt điểm danh',
    status: {
      present: 'có mặt',
      late: 'đến muộn',
      left_early: 'về sớm',
      substituted: 'có người dự thay',
      absent_excused: 'vắng có lý do',
      absent_unexcused: 'vắng',
      awaited: 'chưa đến',
    },
    numbers: 'triệu tập {{summoned}} → {{summonedAfter}}, đã đến {{came}} → {{cameAfter}}',
    over: '{{n}} buổi đã kết thúc giữ nguyên danh sách và số liệu.',
    hint: 'Nhật ký điểm danh không bị sửa. Việc gộp hoàn tác được.',
  },
};
