/**
 * One slip of the finger or of the ear. Returns 0 for equal words, null for words further than one edit apart, else a cost:
 * 1 for pairs that sound or look alike (i/y, l/n, s/x, n/ng …), 2 for keys side by side, a doubled or a swapped letter,
 * 3 for any other edit, one more when the first letter changes.
 */
export function slipCost(typed: string, word: string): number | null {
  if (typed === word) return 0;
  if (isAlike(typed, word)) return 1;
  const [short, long] = typed.length < word.length ? [typed, word] : [word, typed];
  if (long.length - short.length > 1) return null;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const first = at === 0 ? 1 : 0;
  if (short.length < long.length) {
    if (short.slice(at) !== long.slice(at + 1)) return null;
    return (long[at] === long[at - 1] || long[at] === long[at + 1] ? 2 : 3) + first;
  }
  if (short.slice(at + 1) === long.slice(at + 1)) return (areNeighbours(typed[at], word[at]) ? 2 : 3) + first;
  const isSwap = typed[at] === word[at + 1] && typed[at + 1] === word[at] && typed.slice(at + 2) === word.slice(at + 2);
  return isSwap ? 2 + first : null;
}

/** Spellings that Vietnamese ears and regions mix up; each side may be longer than one letter. */
const ALIKE_START: readonly (readonly [string, string])[] = [
  ['ch', 'tr'],
  ['s', 'x'],
  ['l', 'n'],
  ['d', 'gi'],
  ['d', 'v'],
  ['r', 'd'],
  ['r', 'gi'],
  ['c', 'k'],
  ['ng', 'ngh'],
  ['g', 'gh'],
];
const ALIKE_END: readonly (readonly [string, string])[] = [
  ['i', 'y'],
  ['n', 'ng'],
  ['n', 'nh'],
  ['t', 'c'],
  ['ch', 't'],
];

function isAlike(a: string, b: string): boolean {
  return (
    ALIKE_START.some(([x, y]) => sharesRest(a, b, x, y) || sharesRest(b, a, x, y)) ||
    ALIKE_END.some(([x, y]) => sharesHead(a, b, x, y) || sharesHead(b, a, x, y))
  );
}

function sharesRest(a: string, b: string, x: string, y: string): boolean {
  return a.startsWith(x) && b.startsWith(y) && a.slice(x.length) === b.slice(y.length);
}

function sharesHead(a: string, b: string, x: string, y: string): boolean {
  return a.endsWith(x) && b.endsWith(y) && a.slice(0, -x.length) === b.slice(0, -y.length);
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

function areNeighbours(a: string | undefined, b: string | undefined): boolean {
  if (!a || !b) return false;
  const rowA = ROWS.findIndex((row) => row.includes(a));
  const rowB = ROWS.findIndex((row) => row.includes(b));
  if (rowA < 0 || rowB < 0 || Math.abs(rowA - rowB) > 1) return false;
  return Math.abs((ROWS[rowA]?.indexOf(a) ?? 0) - (ROWS[rowB]?.indexOf(b) ?? 9)) <= 1;
}
