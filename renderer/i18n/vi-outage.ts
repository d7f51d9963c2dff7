/** Words of the choice after an outage longer than the delay. */
export const viOutage = {
  afterOutage: {
    standing: 'Hình đang dừng vì mất tín hiệu',
    later: 'Hội trường đang xem chậm hơn thường lệ {{later}}',
    seconds: '{{n}} giây',
    minutes: '{{n}} phút',
    byPackage: '{{what}} (theo gói phiên)',
    chosen: '{{what}} (đã chọn)',
    means: {
      complete: 'Khi có tín hiệu, hình phát tiếp từ chỗ dừng, không bỏ phần nào.',
      in_step: 'Khi có tín hiệu, hình về trực tiếp với độ chậm thường lệ, bỏ phần ở giữa.',
    },
    complete: 'Phát tiếp từ chỗ dừng',
    in_step: 'Về trực tiếp',
  },
};
