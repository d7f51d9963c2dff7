import { fold } from '../../shared/names.ts';
import type { RosterField } from './roster-types.ts';

/**
 * What the words of a heading say about its column. Only evidence: the cells below have their say too (see
 * roster-columns.ts), so a heading longer or other than expected loses nobody.
 */
export interface HeadingEvidence {
  /** Field to weight, 0 to 1; 1 for the usual words and nothing else. */
  fields: ReadonlyMap<RosterField, number>;
  /** About somebody or something else: the father's name, the day of issue. */
  isForeign: boolean;
}

const NONE: HeadingEvidence = { fields: new Map(), isForeign: false };

/** Field, words without marks (from the beginning of the heading), weight when they are the whole heading, weight when more follows. */
const WORDS: readonly (readonly [RosterField, RegExp, number, number])[] = [
  ['index', /^(?:stt|s t t|tt|t t|so tt|so thu tu|thu tu|no|#)/u, 1, 0.5],
  [
    'code',
    /^(?:id|ma|ma so|ma (?:so )?(?:dai bieu|nguoi|can bo|nhan vien|nv|dang vien|dv|db|cb|hoc vien|vien chuc|giay moi|phieu)|so hieu)/u,
    1,
    0.3,
  ],
  ['badge', /^(?:ma (?:the )?(?:du hop|qr|moi|vach|quet)|ma the|qr|ma qr|badge)/u, 1, 0.6],
  [
    'familyPart',
    /^(?:ho va (?:chu )?dem|ho (?:chu )?dem|ho va ten dem|ho ten dem|ho va chu lot|ho lot|ho va ten lot|ho|dem|chu dem|ten dem|chu lot|ten lot|last name|family name|surname)/u,
    1,
    0,
  ],
  [
    'name',
    /^(?:ho va ten|ho ten|ho chu dem va ten|ho dem va ten|ho va chu dem va ten|ho dem ten|full ?name|ho va ten khai sinh|danh tinh|quy danh)/u,
    1,
    0.95,
  ],
  [
    'name',
    /^(?:ten|name|dong chi|ong ba|ong\/ba|ong ba|dai bieu|dang vien|ho va|ten (?:dai bieu|dang vien|thanh vien|nguoi|can bo|dong chi)|nguoi (?:du|tham|duoc|dai)|thanh (?:phan|vien)|can bo|thanh vien|danh sach|cac dong chi|nhan su|hoc vien|khach moi)/u,
    0.8,
    0.6,
  ],
  ['givenPart', /^(?:ten|ten goi|first name|given name)/u, 0.9, 0],
  [
    'birth',
    /^(?:ngay ?(?:thang ?)?(?:nam ?)?sinh|ngay\/thang\/nam sinh|sinh (?:ngay|nam)|nam ?sinh|ngay nam sinh|n sinh|ns|ngay sinh|date of birth|birth|dob|sinh|nam sinh)/u,
    1,
    0.9,
  ],
  ['birth', /^(?:tuoi|do tuoi|age)/u, 0.6, 0.5],
  ['sex', /^(?:gioi tinh|gioi|phai|nam\/nu|nam nu|sex|gender|gt)/u, 1, 0.7],
  ['position', /^(?:chuc vu|c vu|chuc danh|chuc|nhiem vu|cuong vi|vi tri|position|title|cv)/u, 1, 0.9],
  [
    'unit',
    /^(?:don vi|d vi|co quan|noi (?:cong tac|sinh hoat|lam viec)|to chuc (?:co so )?dang|dang bo|chi bo|chi dang bo|dang uy|unit|to dan pho|phong ban|phong|khoi|thuoc|truc thuoc|thon|ap|xom|ban|buon|lang|khu pho|khu dan cu|(?:nha )?truong|doanh nghiep|cong ty|to|noi sinh hoat|don vi cong tac|sinh hoat (?:tai|dang)|dia ban|chi doan|chi hoi)/u,
    1,
    0.85,
  ],
  [
    'citizenNumber',
    /^(?:so |ma |the )?(?:so )?(?:cccd|can cuoc|dinh danh|cmnd|cmt|cmtnd|chung minh|giay to tuy than|cc)/u,
    1,
    0.9,
  ],
  ['partyNumber', /^(?:so )?(?:the dang(?: vien)?|the dv)/u, 1, 0.9],
  ['partyNumber', /^(?:so the|the)/u, 0.7, 0],
  ['note', /^(?:ghi chu|luu y|note|chu thich|ghi nhan|remarks?)/u, 1, 0.9],
];

/** Other people and other facts, with their marks, because "bộ" is no father. */
const FOREIGN =
  /(?:^|\s)(?:cha|mẹ|bố|vợ|chồng|thân nhân|người thân|người giới thiệu|người lập|ngày cấp|nơi cấp|ngày vào|vào đảng|ngày chính thức|đảng chính thức|kết nạp|ngày dự bị|thường trú|tạm trú|điện thoại|đt|sđt|di động|e-?mail|thuế|bhxh|bảo hiểm|bhyt|tài khoản|dân tộc|tôn giáo|trình độ|học vấn|chuyên môn|lý luận|ngoại ngữ|tin học|quê quán|quê|nơi ở|chỗ ở|địa chỉ|nghề nghiệp|nghề|hệ số|lương|ký nhận|ký tên|chữ ký|gọi khác|bí danh|thường gọi|biển số|cỡ áo|phòng nghỉ|số ghế|bàn số|huy hiệu|số lý lịch|nơi sinh(?!\s+hoạt)|chủ hộ|của con|người (?:dự )?thay(?: thế)?|số lượng|tuổi đảng|thời gian|quốc tịch|zalo|facebook)(?=\s|$)/iu;
const FOREIGN_BARE =
  /^(?:dien thoai|dt|sdt|so dt|so dien thoai|phone|mobile|e ?mail|ngay vao|dan toc|ton giao|trinh do|que|noi o|dia chi|address|nghe|ky|ky ten|ky nhan|chu ky)(?=\s|$)/u;

const known = new Map<string, HeadingEvidence>();

/** Evidence of one heading text. */
export function readHeading(text: string): HeadingEvidence {
  if (text === '' || text.length > 120) return NONE;
  let evidence = known.get(text);
  if (!evidence) {
    if (known.size > 5_000) known.clear();
    known.set(text, (evidence = compute(text)));
  }
  return evidence;
}

function compute(text: string): HeadingEvidence {
  const marked = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, ' ')
    .replace(/[*:.,;"“”]+/gu, ' ')
    .replace(/\s*\/\s*/gu, '/')
    .replace(/\s+/gu, ' ')
    .trim();
  const bare = fold(marked)
    .replaceAll(/[^a-z0-9/#\s]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (bare === '' || bare.split(' ').length > 14) return NONE;
  // "Tên đơn vị" is a unit, not a name.
  const key = bare.replace(
    /^ten (?=don vi|co quan|chi bo|chi doan|dang bo|to chuc|phong|thon|to |khu|truong|cong ty)/u,
    '',
  );
  if (FOREIGN.test(marked) || FOREIGN_BARE.test(key))
    return readFirstOf(text) ?? { fields: new Map(), isForeign: true };
  const fields = new Map<RosterField, number>();
  const isNam = /(?:^|\s)nam$/u.test(marked) && isOfBirthOrSex(marked);
  const isNu = (/(?:^|\s)nữ$/u.test(marked) || /(?:^|\s)nu$/u.test(key)) && isOfBirthOrSex(marked);
  // "Năm" and "Nam" fold alike: only the marks tell the year from the sex.
  if (isNam && !/nam(?:\/| )n/u.test(key)) fields.set('male', 1);
  else if (isNu && !/nam(?:\/| )nu/u.test(key)) fields.set('female', 1);
  if (fields.size === 0)
    for (const [field, words, whole, more] of WORDS) {
      const isWhole = new RegExp(`${words.source}$`, 'u').test(key);
      if (!isWhole && !new RegExp(`${words.source}(?=[\\s/])`, 'u').test(key)) continue;
      const weight = isWhole ? whole : more;
      if (weight > (fields.get(field) ?? 0)) fields.set(field, weight);
    }
  if (fields.size === 0 && OTHER_DATE.test(marked)) return { fields, isForeign: true };
  if ((fields.get('name') ?? 0) < 0.5 && namesLater(text)) fields.set('name', 0.9);
  return { fields, isForeign: false };
}

/** What stands before "Nam" or "Nữ" is nothing, or about births: "Trần Nhật Nam" is a person. */
function isOfBirthOrSex(marked: string): boolean {
  const before = marked.replace(/[\s/-]*\S+$/u, '');
  if (before === '') return true;
  const { fields, isForeign } = readHeading(before);
  return isForeign || fields.has('birth') || fields.has('sex') || readDatePart(before) !== null;
}

/** A day or year of something that is no birth: "Năm VĐ", "Ngày bổ nhiệm". With its marks, because "Nam" is a man. */
const OTHER_DATE = /^(?:ngày|tháng|năm)(?:[\s/,-]+(?:ngày|tháng|năm))*\s+(?!.*(?:sinh|sn\b))\p{L}{2}/u;

/** "Đơn vị/Họ và tên": units and the names of their people in one column. */
function namesLater(text: string): boolean {
  const [, ...rest] = text.split(/[,;/+&\n]|\s[-–]\s|\s+và\s+(?=họ)/iu);
  return rest.some((part) => (readHeading(part.trim()).fields.get('name') ?? 0) >= 0.95);
}

/** "Đơn vị, địa chỉ" is a unit with something more in its cells; null when the first of such parts is nothing known. */
function readFirstOf(text: string): HeadingEvidence | null {
  const [first = '', ...rest] = text.split(/[,;/+]|\s[-–]\s|\s+và\s+(?!tên|chữ|họ)/iu);
  if (rest.length === 0) return null;
  const evidence = readHeading(first.trim());
  const isSure = !evidence.isForeign && [...evidence.fields.values()].some((weight) => weight >= 0.95);
  return isSure ? evidence : null;
}

/** Parts of a date under one heading. */
export function readDatePart(text: string): 'birthDay' | 'birthMonth' | 'birthYear' | null {
  const marked = text.normalize('NFC').toLowerCase().trim();
  if (/^ngày(?: sinh)?$/u.test(marked)) return 'birthDay';
  if (/^tháng(?: sinh)?$/u.test(marked)) return 'birthMonth';
  return /^năm(?: sinh)?$/u.test(marked) ? 'birthYear' : null;
}

/** True when the text can be a heading's: it says what a column is, ours or not. */
export function isHeadingText(text: string): boolean {
  const { fields, isForeign } = readHeading(text);
  return isForeign || [...fields.values()].some((weight) => weight >= 0.5);
}
