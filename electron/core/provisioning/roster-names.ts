import { isUnitLike, NAME_SURE, nameScore } from './roster-looks.ts';

export interface NameReading {
  name: string;
  /** Positions that stood behind the name: "- Bí thư". */
  positions: string[];
  /** What else stood before or after the name: đ/c, Thượng tá, (vắng). */
  aside: string[];
  /** A birth date or year that stood behind the name: "(1960)", "SN 1962"; '' without one. */
  birth: string;
}

/** A year behind a name, in brackets or after a mark, or after words that say what it is. */
const BIRTH_BEHIND =
  /(?:[\s,;–—-]+\(?\s*(?:sinh\s*(?:năm|ngày)?|s\.?\s?n\.?|ns|năm sinh)\s*[.:]?\s*|\s*[(,;]\s*|\s+[–—-]+\s*|[–—-]\s+|\s+)((?:\d{1,2}\s*[./-]\s*){0,2}(?:19|20)\d\d|(?<=(?:sn|s\.n\.?|sinh năm|sinh)\s*[.:]?\s*)'?\d\d)\s*\)?\s*$/iu;

const HONORIFIC =
  /^(?:\((?:ông|bà|đ\s*\/\s*c)\)|(?:đ\s*[/.]\s*c|đc|đồng\s+chí|ông\s*(?:\(bà\)|\/\s*bà)|ông|bà|anh|chị|cụ|cô|chú|bác|mr|mrs|ms)(?=[\s.:]|$|(?<=\.)))[\s.:]*/iu;
/** Academic degrees and titles of medicine, law, art and teaching, as they are cut short in front of names. */
const DEGREE =
  /^(?:gs|pgs|ts|tskh|ths|th\.s|cn|ks|kts|bs|bsck|bác sĩ|bác sỹ|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|giáo sư|phó giáo sư|kỹ sư|luật sư|ls|ds|dược sĩ|ncs|nsnd|nsưt|nsut|ngnd|ngưt|ngut|ttnd|ttưt|ttut|ck ?[i12]{1,2}|ckii|cki|dr)(?:[\s.,]+|$)/iu;
const RANK =
  /^(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý)|(?:thượng|trung|hạ)\s+(?:sĩ|sỹ)|chuẩn\s+(?:úy|uý|đô đốc)|đại\s+đức|thượng\s+tọa|thượng\s+toạ|hòa\s+thượng|hoà\s+thượng|ni\s+(?:sư|trưởng)|linh\s+mục|mục\s+sư|giám\s+mục)(?:[\s.:]+)/iu;
const POSITION =
  /^(?:(?:nguyên|quyền|q\.)\s+)?(?:bí thư|bt\b|pbt|phó|trưởng|ct\b|pct|chủ tịch|chủ nhiệm|ủy viên|uỷ viên|uv|ubkt|ubnd|đảng viên|đv|giám đốc|gđ|hiệu trưởng|cán bộ|chuyên viên|công chức|viên chức|tổ trưởng|tổ phó|thôn trưởng|thôn phó|thư ký|kế toán|thủ quỹ|văn thư|chỉ huy|chính trị viên|đội trưởng|giáo viên|y sĩ|y tá|hội viên|quần chúng|trợ lý|văn phòng)/iu;

/** What the other names of the column have. */
export interface NameColumn {
  /** Forms of address stand before several of them. */
  hasAddresses: boolean;
}
const PLAIN: NameColumn = { hasAddresses: false };

/** Ông and Bà: forms of address, and family names. */
const ADDRESS_OR_FAMILY = /^(?:ông|bà)\s+(?=\p{L})/iu;

/** A form of address that can be nothing else stands before the name. */
export function isAddressed(text: string): boolean {
  return HONORIFIC.test(text) && (!ADDRESS_OR_FAMILY.test(text) || isPlainlyAddressed(text));
}

/** "Ông Nguyễn Văn A": what follows is a whole name by itself, with a family name of its own. */
function isPlainlyAddressed(text: string): boolean {
  const rest = text.replace(ADDRESS_OR_FAMILY, '').split(/\s*(?:[,;(/|\n]|\s[-–—]|[-–—]\s)/u)[0] ?? '';
  return rest.split(/\s+/u).length >= 3 && nameScore(rest) >= NAME_SURE;
}

/**
 * Takes forms of address, degrees, ranks, positions and remarks off a name. The words of the name itself are never changed.
 */
export function readName(text: string, column: NameColumn = PLAIN): NameReading {
  const aside: string[] = [];
  const positions: string[] = [];
  let name = text
    .replace(/^(?:\(?\d{1,4}\s*[.)/:-]+\s*|[\s*•+·–—-]+)+/u, '')
    .replace(/[\s*;,:.†✝+–—-]+$/gu, '')
    .trim();
  name = takeNickname(name, aside);
  name = takePrefixes(name, aside, column);
  // A telephone number in a second line of the cell.
  const telephone = /^(\p{L}.*?\s\p{L}+)[\s,;:–-]+((?:s?đt|tel|điện thoại)?[\s.:]*\+?\d[\d .-]{7,14}\d)$/iu.exec(name);
  if (telephone?.[1] && telephone[2] !== undefined) {
    aside.push(telephone[2]);
    name = telephone[1];
  }
  const behind = BIRTH_BEHIND.exec(name);
  const birth = behind !== null && /\p{L}\s+\p{L}/u.test(name.slice(0, behind.index)) ? (behind[1] ?? '') : '';
  if (birth !== '') name = name.slice(0, behind?.index).trim();
  for (;;) {
    const inner = /^(.+?)\s*[([]([^()[\]]*)[)\]]?\s*$/u.exec(name);
    if (!inner?.[1] || !/[([]/u.test(name)) break;
    keep(inner[2] ?? '', positions, aside, false);
    name = inner[1];
  }
  const tail = /^(.+?)\s*(?:\s[-–—]+\s*|[-–—]+\s|[,;/|:]\s*)(.+)$/u.exec(name);
  if (tail?.[1] && tail[2] !== undefined && /\s/u.test(tail[1])) {
    keep(tail[2], positions, aside, true);
    name = tail[1];
  }
  // "Trần Thị Bình 2": the figure tells namesakes apart and is no part of the name.
  const figure = /^(\p{L}.*\s\p{L}+)\s+\(?(\d{1,2})\)?$/u.exec(name);
  if (figure?.[1] && figure[2] !== undefined) {
    aside.push(figure[2]);
    name = figure[1];
  }
  return {
    name: name
      .replace(/[\s;,:.–—-]+$/u, '')
      .replace(/\s+/gu, ' ')
      .replace(/^["“”']+|["“”]+$/gu, '')
      .trim(),
    positions,
    aside,
    birth,
  };
}

function takeNickname(name: string, aside: string[]): string {
  return name
    .replace(/(^|\s)["“”]([^"“”]{1,30})["“”](?=\s|$)/gu, (whole: string, before: string, inner: string) => {
      if (name.trim().length - whole.trim().length < 3) return whole;
      aside.push(inner.trim());
      return before;
    })
    .trim();
}

function takePrefixes(text: string, aside: string[], { hasAddresses }: NameColumn): string {
  let name = text;
  for (let again = true; again;) {
    again = false;
    for (const pattern of [HONORIFIC, RANK, DEGREE]) {
      const before = pattern.exec(name);
      const rest = name.slice(before?.[0].length ?? 0).trim();
      // "Bà", "Ông", "Anh" are also names: something that is a name by itself must be left.
      // Nobody is called "Đồng chí": whatever follows is the name.
      const isOnlyAddress = pattern === HONORIFIC && name.toLowerCase().startsWith('đ');
      if (!before || !(isOnlyAddress ? /^\p{L}/u : /\p{L}.*\s\p{L}/u).test(rest)) continue;
      if (
        pattern !== HONORIFIC &&
        nameScore(rest) < NAME_SURE &&
        !HONORIFIC.test(rest) &&
        !DEGREE.test(rest) &&
        !RANK.test(rest)
      )
        continue;
      if (ADDRESS_OR_FAMILY.test(name) && !hasAddresses && !isPlainlyAddressed(name)) continue;
      if (/^(?:anh|chị|cụ|cô|chú|bác)/iu.test(before[0]) && nameScore(rest) < NAME_SURE) continue;
      aside.push(before[0].replace(/[\s:]+$/u, ''));
      name = rest;
      again = true;
    }
  }
  return name;
}

function keep(text: string, positions: string[], aside: string[], isTail: boolean): void {
  const part = text.trim();
  if (part === '') return;
  if (POSITION.test(part) && (isTail || !isUnitLike(part))) positions.push(part);
  else aside.push(part);
}

/** The people in a cell that holds two or more, each with what stands beside the name; null when it holds one. */
export function splitPeople(text: string, column: NameColumn = PLAIN): NameReading[] | null {
  return splitLines(text, column) ?? splitNames(text, column);
}

/** People on lines of their own, or numbered, with what each of them is beside or below the name. */
function splitLines(text: string, column: NameColumn): NameReading[] | null {
  const people: NameReading[] = [];
  const parts = text
    .split(/\n|;|\s+(?=\d{1,2}[.)]\s*\p{L})/u)
    .map((part) => part.replace(/^(?:\d{1,2}[.)]|[\s*+•·–—-])+/u, '').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const hasAddresses = column.hasAddresses || parts.filter((part) => HONORIFIC.test(part)).length > 1;
  for (const bare of parts) {
    const reading = readName(bare, { hasAddresses });
    const last = people.at(-1);
    if (isWholeName(reading.name)) people.push(reading);
    else if (last && POSITION.test(bare)) last.positions.push(bare);
    else return null;
  }
  return people.length > 1 ? people : null;
}

function splitNames(text: string, column: NameColumn): NameReading[] | null {
  const parts = text
    .split(/\s*(?:\n|;|\+|&|\/|,|\s[-–—]\s|\s+(?:và|cùng)\s+)\s*/iu)
    .map((part) => readName(part, column))
    .filter(({ name }) => name !== '');
  return parts.length > 1 && parts.every(({ name }) => isWholeName(name)) ? parts : null;
}

const isWholeName = (name: string): boolean => nameScore(name) >= NAME_SURE && name.split(' ').length >= 2;
