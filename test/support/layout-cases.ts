/** What every page is measured at and filled with: three displays, a title of three lines, fourteen units of a venue. */
export const LAYOUT_SIZES = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
export const LONG_TITLE =
  'Hội nghị trực tuyến toàn quốc nghiên cứu, học tập, quán triệt và triển khai thực hiện các Nghị quyết của Bộ Chính trị về phát triển kinh tế - xã hội, quốc phòng, an ninh và xây dựng Đảng';
export const VENUE_UNITS = [
  'Chi bộ Tổ dân phố số 1',
  'Chi bộ Trường Trung học cơ sở Thử Nghiệm',
  'Chi bộ Quân sự',
  'Chi bộ Công an phường',
  'Đảng bộ bộ phận Trung tâm Y tế khu vực Thử Nghiệm',
  'Chi bộ Hợp tác xã Nông nghiệp',
  'Chi bộ Tổ dân phố số 2',
  'Chi bộ Tổ dân phố số 3',
  'Chi bộ Tổ dân phố số 4',
  'Chi bộ Văn phòng Đảng ủy',
  'Chi bộ Ủy ban Mặt trận Tổ quốc',
  'Chi bộ Tổ dân phố số 5',
  'Chi bộ Trường Tiểu học số 2',
  'Chi bộ Tổ dân phố số 6',
];
