const ADDRESS = 'Hãy xem lại địa chỉ, hoặc xin tỉnh địa chỉ khác.';
const AGAIN = 'Hãy lấy lại sau ít phút. Vẫn không được thì nạp bằng USB.';

/**
 * What the causes of the table come to where a package is fetched: there a person asks once, for a file, so nothing is tried again by itself
 * and there is no broadcast. A cause that does not stand here is said as everywhere.
 */
export const viPackageAddress = {
  says: {
    missing: 'Ở địa chỉ này không có tệp nào.',
    denied: 'Máy chủ không cho lấy tệp ở địa chỉ này.',
    cookies: 'Máy chủ đòi đăng nhập trước khi cho lấy tệp này.',
    slow_line: 'Đường truyền quá chậm, chưa lấy hết được tệp.',
    reset: 'Kết nối bị ngắt khi chưa lấy hết tệp.',
  },
  next: {
    name_not_found: ADDRESS,
    missing: ADDRESS,
    login_needed: ADDRESS,
    denied: ADDRESS,
    cookies: ADDRESS,
    redirect_loop: ADDRESS,
    blocked_method: ADDRESS,
    bad_answer: ADDRESS,
    bad_encoding: ADDRESS,
    refused: AGAIN,
    no_connection: 'Kiểm tra dây mạng rồi lấy lại. Vẫn không được thì nạp bằng USB.',
    reset: AGAIN,
    no_answer: AGAIN,
    slow_line: AGAIN,
    busy: AGAIN,
    server_error: AGAIN,
  },
} as const;
