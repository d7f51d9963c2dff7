/** Words of the screen of the hall. */
export const viStage = {
  stage: {
    startsIn: 'Thời gian còn lại đến giờ bắt đầu',
    startsAt: 'Bắt đầu lúc {{time}}',
    startingNow: 'Sắp bắt đầu',
    startingNowHint: 'Mời {{you}} ổn định chỗ ngồi.',
    waitingTitle: 'Đang chờ tín hiệu từ Trung ương',
    waitingHint: 'Hình ảnh sẽ tự hiện lên khi Trung ương bắt đầu phát.',
    heldTitle: 'Tín hiệu tạm gián đoạn',
    heldHint: 'Máy đang tự nối lại. Mời {{you}} ngồi tại chỗ, chương trình sẽ tiếp tục ngay khi có tín hiệu.',
    heldCentre: 'Trung ương đang tạm dừng phát. Chương trình sẽ tự tiếp tục.',
    noSourceTitle: 'Mời {{you}} theo dõi hội nghị',
    noSourceHint: 'Hình ảnh của buổi này được chiếu từ thiết bị khác.',
    endingTitle: 'Buổi làm việc đã kết thúc',
    breakTitle: 'Nghỉ giữa hai buổi',
    breakNext: 'Buổi tiếp theo',
    breakIn: 'Còn lại',
    deskBehind: 'Máy chỉ còn một màn hình. Bàn điểm danh ở phía sau: bấm F8, hoặc rê chuột và giữ nút ở góc.',
    helpBehind: 'Có người cần thư ký giúp ở bàn điểm danh: bấm F8, hoặc rê chuột và giữ nút ở góc.',
    closingTitle: 'Hội nghị đã kết thúc',
    closingThanks: 'Cảm ơn {{you}} đã tham dự.',
  },
} as const;
