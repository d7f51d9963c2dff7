import type { z } from 'zod';
import { JSON_LIMITS, type JsonOutcome } from './package-json.ts';

/** What is wrong with a session package, in words for the person who holds the file. No code of a parser or of the schema is among them. */
export interface Words {
  en: string;
  vi: string;
}

/** Faults of JSON by the parser's name for them; what is not here is a wrong letter. */
const JSON_FAULTS: Readonly<Record<string, Words>> = {
  PropertyNameExpected: { en: 'lacks the name of a field', vi: 'thiếu tên mục' },
  ValueExpected: { en: 'lacks a value', vi: 'thiếu giá trị' },
  ColonExpected: { en: 'lacks a colon (:)', vi: 'thiếu dấu hai chấm (:)' },
  CommaExpected: { en: 'lacks a comma (,)', vi: 'thiếu dấu phẩy (,)' },
  CloseBraceExpected: { en: 'lacks a closing brace (})', vi: 'thiếu dấu đóng ngoặc (})' },
  CloseBracketExpected: { en: 'lacks a closing bracket (])', vi: 'thiếu dấu đóng ngoặc (])' },
  EndOfFileExpected: { en: 'has text after the end of the package', vi: 'còn chữ thừa sau khi gói phiên đã hết' },
  InvalidNumberFormat: { en: 'has a number that cannot be read', vi: 'có số không đọc được' },
  UnexpectedEndOfString: { en: 'lacks a closing quotation mark (")', vi: 'thiếu dấu ngoặc kép (")' },
};
const WRONG_LETTER: Words = { en: 'has a letter in a wrong place', vi: 'có ký tự đặt sai chỗ' };
const AGAIN: Words = {
  en: 'correct it, or ask the province for the file again',
  vi: 'hãy sửa, hoặc xin tỉnh gửi lại tệp',
};

export function describeJson({ line, what, code, isCut }: Extract<JsonOutcome, { ok: false }>): Words {
  switch (what) {
    case 'not_json': {
      if (isCut)
        return {
          en: `the file ends in the middle, at line ${line}: it was not copied whole; copy it again, or ask the province for it again`,
          vi: `tệp đứt ở giữa chừng, tại dòng ${line}: chép chưa hết; hãy chép lại, hoặc xin tỉnh gửi lại tệp`,
        };
      const fault = JSON_FAULTS[code] ?? WRONG_LETTER;
      return { en: `line ${line} ${fault.en}; ${AGAIN.en}`, vi: `dòng ${line} ${fault.vi}; ${AGAIN.vi}` };
    }
    case 'too_deep':
      return {
        en: `line ${line} is nested more than ${JSON_LIMITS.depth} levels deep, which no session package is; ask the province for the file again`,
        vi: `dòng ${line} lồng quá ${JSON_LIMITS.depth} lớp, không thể là gói phiên; xin tỉnh gửi lại tệp`,
      };
    case 'too_long':
      return {
        en: `line ${line} has a longer list than any session package; ask the province for the file again`,
        vi: `dòng ${line} có danh sách dài hơn mọi gói phiên; xin tỉnh gửi lại tệp`,
      };
  }
}

const KINDS: Readonly<Record<string, Words>> = {
  string: { en: 'text in quotation marks', vi: 'chữ trong dấu ngoặc kép' },
  number: { en: 'a number', vi: 'một số' },
  int: { en: 'a whole number', vi: 'một số nguyên' },
  boolean: { en: 'true or false', vi: 'true hoặc false' },
  array: { en: 'a list in [ ]', vi: 'một danh sách trong [ ]' },
  object: { en: 'a group of fields in { }', vi: 'một nhóm mục trong { }' },
  record: { en: 'a group of fields in { }', vi: 'một nhóm mục trong { }' },
};

/** Ids stand in clear in the records of the venue and in the report. */
export const NUMBER_AS_ID = 'no citizen, party or telephone number, because ids are stored and sent in clear';

/** Sentences that the schema has of its own, each with its Vietnamese. */
const OWN: readonly [english: RegExp, vietnamese: string][] = [
  [/^an http or https address$/u, 'phải là địa chỉ bắt đầu bằng http:// hoặc https://'],
  [
    /^only letters, digits, dot, dash and underscore$/u,
    'chỉ dùng chữ không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới',
  ],
  [/^a public key, without its private part "d"$/u, 'phải là khóa công khai, không kèm phần bí mật "d"'],
  [/^12 digits, or 9 for an old number$/u, 'phải có 12 chữ số, hoặc 9 chữ số với số cũ'],
  [/^12 digits, or 8 for an old card$/u, 'phải có 12 chữ số, hoặc 8 chữ số với thẻ cũ'],
  [
    /^no citizen, party or telephone number/u,
    'không được là số định danh, số CMND, số thẻ Đảng hay số điện thoại, vì mã này được lưu và gửi không che',
  ],
  [/^6 to 10 digits$/u, 'phải có 6 đến 10 chữ số'],
  [/^not with the receiver "none"$/u, 'không đi cùng “receiver” là “none”'],
  [/^must be after startsAt$/u, 'phải sau giờ bắt đầu (startsAt)'],
  [/^must not be after startsAt$/u, 'không được sau giờ bắt đầu (startsAt)'],
  [/^a key for ECDH-ES\+A256KW/u, 'phải là khóa mã hóa loại X25519 hoặc P-256'],
  [/^a report format/u, 'phải là tên một dạng báo cáo, ví dụ "session-report/2"'],
  [/^none of these formats/u, 'không có dạng báo cáo nào mà máy này lập được'],
  [/^"(.{1,80})" is used twice$/u, '“$1” bị dùng hai lần'],
  [/^no unit "(.{1,80})"$/u, 'không có đơn vị nào mang mã “$1”'],
];
const CANNOT_USE: Words = { en: 'its value cannot be used', vi: 'giá trị này không dùng được' };
/** As much of a list of allowed values as a sentence repeats, characters. */
const LONGEST_LIST = 120;

/** The schema's finding in plain words. */
export function wordsOf(issue: z.core.$ZodIssue): Words {
  const own = OWN.find(([english]) => english.test(issue.message));
  if (own) return { en: describeOwn(issue.message), vi: issue.message.replace(...own) };
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return { en: 'it is missing', vi: 'còn thiếu' };
      const kind = KINDS[issue.expected];
      return kind ? { en: `it must be ${kind.en}`, vi: `phải là ${kind.vi}` } : CANNOT_USE;
    }
    case 'unrecognized_keys':
      return {
        en: 'no such field is known; check its spelling',
        vi: 'không có mục nào tên như vậy; hãy xem lại chính tả',
      };
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ').slice(0, LONGEST_LIST);
      return { en: `it must be one of: ${values}`, vi: `phải là một trong: ${values}` };
    }
    case 'too_small':
      return boundWords(issue.origin, Number(issue.minimum), 'least');
    case 'too_big':
      return boundWords(issue.origin, Number(issue.maximum), 'most');
    case 'invalid_format':
      return formatWords(issue.format);
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return CANNOT_USE;
  }
}

function describeOwn(message: string): string {
  if (message === NUMBER_AS_ID) return `it must be ${message}`;
  return /^(?:must|only|not?|none|")/u.test(message) ? message : `it must be ${message}`;
}

function boundWords(origin: string, bound: number, side: 'least' | 'most'): Words {
  const most = side === 'most';
  if (origin === 'string') {
    if (!most && bound === 1) return { en: 'it is empty', vi: 'đang để trống' };
    return most
      ? { en: `it is longer than ${bound} letters`, vi: `dài quá ${bound} ký tự` }
      : { en: `it needs at least ${bound} letters`, vi: `cần ít nhất ${bound} ký tự` };
  }
  if (origin === 'array')
    return most
      ? { en: `it has more than ${bound} entries`, vi: `có quá ${bound} mục` }
      : { en: `it needs at least ${bound} ${bound === 1 ? 'entry' : 'entries'}`, vi: `cần ít nhất ${bound} mục` };
  return most
    ? { en: `it must not be more than ${bound}`, vi: `không được lớn hơn ${bound}` }
    : { en: `it must not be less than ${bound}`, vi: `không được nhỏ hơn ${bound}` };
}

function formatWords(format: string): Words {
  switch (format) {
    case 'datetime':
      return {
        en: 'it must be a date and time such as 2026-11-27T08:00:00+07:00',
        vi: 'phải là ngày giờ, ví dụ 2026-11-27T08:00:00+07:00',
      };
    case 'date':
      return { en: 'it must be a date such as 2026-11-27', vi: 'phải là ngày, ví dụ 2026-11-27' };
    case 'url':
      return { en: 'it must be an http or https address', vi: 'phải là địa chỉ bắt đầu bằng http:// hoặc https://' };
    case 'starts_with':
      return {
        en: 'it must be a certificate in PEM form, beginning with "-----BEGIN CERTIFICATE-----"',
        vi: 'phải là chứng thư dạng PEM, bắt đầu bằng "-----BEGIN CERTIFICATE-----"',
      };
    default:
      return { en: 'it has letters that are not allowed there', vi: 'có ký tự không được dùng ở đây' };
  }
}
