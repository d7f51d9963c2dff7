import { fold } from '../../shared/names.ts';
import { textOf } from './roster-cells.ts';
import type { CellValue } from './roster-types.ts';

/**
 * What a cell looks like by itself. None of this decides anything: it is evidence, weighed over a whole column (what most
 * of its cells are) and a whole row (whether other cells suggest a person).
 */

/** Family names in use, small letters with marks. A name that begins with none of these is not doubted for that alone. */
const FAMILY = new Set(
  `nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đoàn đinh lâm mai trịnh đào cao hà lương trương tạ phùng
  quách chu tô thái kiều vương từ tống triệu nghiêm thân la bạch mạc cù ninh giang lưu tăng khổng tòng lò lường quàng cầm vi lục nông
  hứa đàm lộc hoàng sầm mã lữ lâu giàng vàng sùng thào mùa ly hầu cứ vừ thền phàn tẩn chảo lù lèng long nùng bàn triệu đặng dương
  ma hà bế sằm ban khu kỳ tổng tông đổng doãn đồng đường đậu thạch sơn kim danh châu liêu lai ông bá bành bồ cung cáp diệp ân âu
  kha khúc khương khiếu lã lại liễu lỗ lư lăng mẫn nghị nhâm nhan nhữ nhạc ngụy ngũ ôn phí phó phương quản sái sử tào tất thang thi
  thiều thôi tiêu tiết trà trang tri tuấn tưởng ung uông văn viên vòng xa xuân yên úc ứng ưng ngọ ngạc nhung mẫu mông ngân lang lạc hạ hàn
  hàng hình hạng giáp giả đới đăng đái đan đại đầu đổ đô đức điêu điền điểu chử chế châm cát cấn cam cái công cồ bạc bối biện an ánh
  thích siu ksor rơ kpă kpuih nay rcom ayun ayŭn niê êban mlô hlong kbuôr krông adrơng byă knul h y k chu bh zơ a pơ tơ ra rahlan
  alăng bling briu bnướch coor zơrâm hiên hôih ating cơlâu hồ pơloong ta katơr chamaléa pi pupur mang tain đàng lưu phú quảng hán
  thập lộ não bá bạo nại miêu tra chế dụng thành lá ló lầu phà xồng hờ thò cụt moong lữ kha ven xeo ốc`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Words that stand in the middle of names and hardly ever in names of units. */
const MIDDLE = new Set(['văn', 'thị', 'hữu', 'đình', 'xuân', 'ngọc', 'quang', 'đức']);

/** How names of units begin; small letters with marks, because Trương is a family name and Trường a school. */
const UNIT_WORD =
  /^(?:các\s+)?(?:liên\s+)?(?:chi\s*(?:bộ|đoàn|hội|ủy|uỷ|cục|nhánh)|đảng\s*(?:bộ|ủy|uỷ|đoàn)|đoàn\s+(?:thanh niên|tncs|xã|phường|thể|khối)|tổ\s+(?:dân phố|dp|nhân dân|chức|công tác|\p{N})|tdp|thôn|xóm|ấp|bản|buôn|làng|plei|sóc|phum|khu\s*(?:phố|dân cư|vực|tập thể|\p{N})|khối\s*(?:phố|\p{N})|khóm|phòng|ban\s+(?:thường|chấp|chỉ|quản|tuyên|tổ chức|dân|công|bảo|giám|xây|kiểm|nội)|trường|thcs|thpt|tiểu học|mầm non|mẫu giáo|chùa|giáo xứ|họ đạo|đồn|bệnh viện|công ty|hội\s+(?:nông|phụ|cựu|người|chữ|khuyến|đồng|liên)|ubnd|ủy ban|uỷ ban|hđnd|mttq|mặt trận|xã|phường|đặc khu|công an|quân sự|trạm|hợp tác xã|htx|cơ quan|đơn vị|bộ phận|nhóm|trung tâm|doanh nghiệp|sở|cục|văn phòng|kỹ thuật|thường trực|lãnh đạo|khách mời|đại biểu|lực lượng|ban ngành|ngành|hưu trí)(?=[\s\p{N}.,:–-]|$)/iu;

const SYLLABLE = /^(?:b|ch?|d|gh?|gi|h|kh?|l|m|ng?h?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?$/u;
const NAME_WORD = /^\p{Lu}?[\p{L}\p{M}]*(?:['’‘`.\-\u2010\u2011]\p{L}[\p{L}\p{M}]*)*['’.]?$/u;

/** True for text that begins as names of units do. Takes the text as written. */
export function isUnitLike(text: string): boolean {
  return UNIT_WORD.test(text.normalize('NFC').trim());
}

/**
 * How much a text looks like one person's name: 0 not at all, from `NAME_SURE` on nothing speaks against it. Capitals at word
 * beginnings, a family name, a middle word of names, two to five words.
 */
export function nameScore(text: string): number {
  const known = scores.get(text);
  if (known !== undefined) return known;
  const score = computeScore(text.normalize('NFC').trim());
  if (scores.size > 20_000) scores.clear();
  scores.set(text, score);
  return score;
}
const scores = new Map<string, number>();

export const NAME_SURE = 0.7;
export const NAME_MAYBE = 0.4;

function computeScore(text: string): number {
  if (text === '' || text.length > 80 || /[\p{N}@:;?!=<>{}[\]|_/\\+]/u.test(text)) return 0;
  const words = text.split(/\s+/u);
  if (words.length > 8 || !words.every((word) => NAME_WORD.test(word))) return 0;
  const isUpper = text === text.toUpperCase();
  const isLower = text === text.toLowerCase();
  const small = words.map((word) => word.toLowerCase());
  const first = small[0] ?? '';
  const hasFamily = FAMILY.has(first) || /^[hyk]['’-]/u.test(first);
  const hasMiddle = small.slice(1, -1).some((word) => MIDDLE.has(word)) || small[1] === 'thị' || small[1] === 'văn';
  if (words.length === 1) return hasFamily ? 0.2 : 0.1;
  let score = 0.4;
  if (hasFamily) score += 0.4;
  if (hasMiddle) score += 0.2;
  if (words.length > 5) score -= 0.3;
  const mixed = words.filter((word) => !/^\p{Lu}/u.test(word)).length;
  if (!isUpper && !isLower && mixed > 0) score -= 0.5;
  if (isLower && !hasFamily) score -= 0.3;
  // UBND, HĐND, THCS: letters that are no syllable.
  const isAbbreviated = words.some(
    (word) => word.length > 1 && word === word.toUpperCase() && !SYLLABLE.test(fold(word)),
  );
  if (isAbbreviated && !hasFamily) score -= 0.4;
  if (UNIT_WORD.test(text) && !hasMiddle) score -= 0.6;
  return Math.max(0, Math.min(1, score));
}

/** Cells that are no text of their own: the value of the cell above is meant. */
export function isDitto(text: string): boolean {
  return /^[\s–—-]*(?:(?:["“”″〃'’‘`´]\s*){1,4}|\/{2,}|\\{2,}|↓|n\s?[/.]?\s?t\.?|như (?:hàng |dòng )?trên|trên)[\s–—.-]*$/iu.test(
    text.normalize('NFC'),
  );
}

/** `#N/A` and its like. */
export function isErrorText(text: string): boolean {
  return (
    /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/iu.test(text) ||
    /^Err:\d{3}$/u.test(text)
  );
}

export type NumberingMark =
  | { kind: 'number'; value: number }
  /** 1.2, 3.1.4 */
  | { kind: 'path'; path: number[] }
  | { kind: 'roman' | 'letter'; value: number }
  | { kind: 'bullet' };

/** Reads the mark in front of a row: 1, 01/, 1), (1), 1.1, I, A., *, -; null for anything else. */
export function readNumbering(text: string): NumberingMark | null {
  const plain = text.trim();
  const number = /^[([]?(\d{1,5})\s*[.)/\]:-]*$/u.exec(plain);
  if (number) return { kind: 'number', value: Number(number[1]) };
  if (/^\d{1,3}(?:[.-]\d{1,4}){1,3}\.?$/u.test(plain))
    return { kind: 'path', path: plain.replace(/\.$/u, '').split(/[.-]/u).map(Number) };
  const roman = /^[([]?([IVXLC]{1,6})\s*[.)/\]:-]*$/u.exec(plain);
  if (roman) return { kind: 'roman', value: romanValue(roman[1] ?? '') };
  const letter = /^[([]?([A-ZĐa-zđ])\s*[.)/\]:-]*$/u.exec(plain);
  if (letter) return { kind: 'letter', value: (letter[1] ?? 'A').toUpperCase().charCodeAt(0) - 64 };
  return /^[*+•·\-–—#o●○▪■♦➢✓]{1,3}$/u.test(plain) ? { kind: 'bullet' } : null;
}

function romanValue(text: string): number {
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text[i] ?? ''] ?? 0;
    sum += value < (values[text[i + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}

/** True when a cell holds data of a kind no heading has: a date, a year, a long number, an address on the net. */
export function isData(value: CellValue | undefined): boolean {
  if (value instanceof Date || typeof value === 'boolean') return true;
  if (typeof value === 'number') return true;
  const text = textOf(value);
  if (/@\w+\./u.test(text) || /^\s*0?\d{6,}/u.test(text.replace(/[\s.-]/gu, ''))) return true;
  return /^[\s'(~]*(?:\d{1,2}\s*[./-]\s*){0,2}(?:19|20)\d\d\s*[).]?$/u.test(text) || /^\d{1,5}[.)/]?$/u.test(text);
}
