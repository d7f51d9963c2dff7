/**
 * Words of two or three syllables that titles of conferences are made of, without marks. Vietnamese writes a space between the
 * syllables of one word, and a browser would break a line there.
 */
const WORDS = [
  'ban bi thu',
  'ban chap hanh',
  'ban to chuc',
  'bao cao',
  'bo chinh tri',
  'chi bo',
  'chien luoc',
  'chinh phu',
  'chinh sach',
  'chinh tri',
  'chuong trinh',
  'chuyen de',
  'chuyen doi so',
  'co quan',
  'co so',
  'cong an',
  'cong doan',
  'cong tac',
  'cuu chien binh',
  'dai bieu',
  'dai hoi',
  'dan pho',
  'dang bo',
  'dang uy',
  'dang vien',
  'danh sach',
  'dao duc',
  'dau tu',
  'diem cau',
  'doi moi',
  'don vi',
  'dong chi',
  'giai lao',
  'gian doan',
  'giao duc',
  'hanh dong',
  'ho chi minh',
  'hoc tap',
  'hoi nghi',
  'hoi truong',
  'hop tac xa',
  'ket luan',
  'ket qua',
  'khoa hoc',
  'khu pho',
  'kinh te',
  'lam theo',
  'lam viec',
  'lanh dao',
  'mat tran',
  'may chieu',
  'nghi quyet',
  'nghien cuu',
  'nhan dan',
  'nhiem ky',
  'nhiem vu',
  'noi dung',
  'nong dan',
  'nong nghiep',
  'phap luat',
  'phat trien',
  'pho thong',
  'phong cach',
  'phu nu',
  'phuong huong',
  'quan su',
  'quan triet',
  'quan trong',
  'quoc gia',
  'quoc hoi',
  'quoc phong',
  'so ket',
  'tai cho',
  'tai lieu',
  'thanh nien',
  'the che',
  'thu ky',
  'thuc hien',
  'tiep tuc',
  'tieu hoc',
  'tin hieu',
  'to chuc',
  'to dan pho',
  'toan quoc',
  'tong ket',
  'trien khai',
  'truc tuyen',
  'trung hoc',
  'trung tam',
  'trung uong',
  'tu tuong',
  'uy ban',
  'van hoa',
  'van kien',
  'van phong',
  'xa hoi',
  'xay dung',
  'y te',
] as const;

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0111\u0110]/gu, 'd')
    .toLowerCase();

/**
 * The text with no-break spaces inside the words of titles, before a number and before a dash, so that a line never ends in the middle of
 * one and never begins with a sign.
 */
export function keepTogether(text: string): string {
  const pieces = text.split(' ');
  const keys = pieces.map((piece) => bare(piece).replace(/[^a-z]/gu, ''));
  const isEnd = pieces.map((piece) => /[,.;:!?)\u201d]$/u.test(piece));
  let out = '';
  for (let i = 0; i < pieces.length;) {
    const word = [3, 2].find((n) => {
      if (i + n > pieces.length || isEnd.slice(i, i + n - 1).includes(true)) return false;
      return (WORDS as readonly string[]).includes(keys.slice(i, i + n).join(' '));
    });
    const length = word ?? 1;
    // "Tổ dân phố 2", "kinh tế - xã hội": the number belongs to what it counts, the dash to what stands before it. (After a hyphen a
    // browser breaks a line also at a no-break space.)
    const gap = /^(?:\d|[-–—]$)/u.test(pieces[i] ?? '') ? '\u00a0' : ' ';
    out += (i === 0 ? '' : gap) + pieces.slice(i, i + length).join('\u00a0');
    i += length;
  }
  return out;
}
