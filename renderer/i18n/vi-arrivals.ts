/** When people came, on the overview of the console. */
export const viArrivals = {
  parts: 'Cách xem',
  part: { units: 'Theo đơn vị', arrivals: 'Theo giờ đến' },
  none: 'Chưa có ai điểm danh.',
  most: 'Số người đến trong từng 5 phút, mọi thành phần. Đông nhất từ {{from}} đến {{to}}: {{people}} người.',
  later: 'sau {{time}}',
  spoken: 'Số người đến theo từng 5 phút. {{steps}}.',
} as const;
