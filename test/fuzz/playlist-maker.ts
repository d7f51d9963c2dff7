/** Makes playlists as encoders, packagers and faulty caches write them; the same for the same seed. */
export interface MadeList {
  text: string;
  url: string;
  masterVariables: Map<string, string> | null;
}

export type Dice = () => number;

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEQUENCES = ['0', '1', '17', '268435', '-1', '-3', '-1031974141', '-2147483648', '4294967295', '4294967301'];
const ODD_SEQUENCES = [
  '9007199254740991',
  '18446744073709551615',
  '9223372036854775807',
  '+5',
  '\t7',
  '007',
  'abc',
  '',
];
const LENGTHS = ['2', '2.0', '2.002', '4.004', '.5', '6', '1.96'];
const ODD_LENGTHS = ['0', '0.0', '0.000', '-1', 'nan', 'inf', '', '2,', '1e3', '99999999'];
const JUNK = [
  '#EXT-X-FOO:BAR',
  '# a comment',
  '#EXT-X-CUE-OUT:30',
  '#EXT-X-ASSET:CAID=0x12',
  '',
  '   ',
  '#',
  '#EXTINF',
  '\u2028',
];

export function makeList(seed: number): MadeList {
  const dice = makeDice(seed);
  const made = dice() < 0.2 ? makeMaster(dice) : makeMedia(dice);
  return { ...made, text: spoil(made.text, dice) };
}

function pick<T>(items: readonly T[], dice: Dice): T {
  return items[Math.floor(dice() * items.length)]!;
}

function makeMedia(dice: Dice): MadeList {
  const lines: string[] = [];
  const variables = dice() < 0.25;
  if (dice() < 0.95)
    lines.push(`#EXT-X-TARGETDURATION:${pick(dice() < 0.9 ? ['2', '4', '6', '10'] : ['0', '2.5', '-1', ''], dice)}`);
  if (dice() < 0.8) lines.push(`#EXT-X-VERSION:${pick(['3', '6', '9'], dice)}`);
  if (dice() < 0.9) lines.push(`#EXT-X-MEDIA-SEQUENCE:${pick(dice() < 0.8 ? SEQUENCES : ODD_SEQUENCES, dice)}`);
  if (dice() < 0.2) lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${pick(['0', '3', '-4', '4294967299', 'x'], dice)}`);
  if (dice() < 0.1) lines.push('#EXT-X-PLAYLIST-TYPE:EVENT');
  if (dice() < 0.1) lines.push('#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=12.0,CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0');
  if (variables) {
    if (dice() < 0.6) lines.push('#EXT-X-DEFINE:NAME="base",VALUE="cdn/a"');
    if (dice() < 0.4) lines.push('#EXT-X-DEFINE:IMPORT="token"');
    if (dice() < 0.4) lines.push('#EXT-X-DEFINE:QUERYPARAM="q"');
    if (dice() < 0.1) lines.push('#EXT-X-DEFINE:NAME="base",VALUE="again"');
  }
  const count = Math.floor(dice() * 12);
  const dates = dice();
  const ranges = dice() < 0.15;
  let at = 1_800_000_000_000;
  if (dice() < 0.2) lines.push(keyLine(dice));
  if (dice() < 0.2) lines.push(`#EXT-X-MAP:URI="${variables ? '{$base}/' : ''}init.mp4"`);
  for (let i = 0; i < count; i++) {
    if (dates < 0.4 || (dates < 0.7 && dice() < 0.3))
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(at).toISOString()}`);
    at += 2000;
    if (dice() < 0.06) lines.push('#EXT-X-DISCONTINUITY');
    if (dice() < 0.04) lines.push('#EXT-X-GAP');
    if (dice() < 0.05) lines.push(keyLine(dice));
    if (dice() < 0.97)
      lines.push(
        `#EXTINF:${pick(dice() < 0.9 ? LENGTHS : ODD_LENGTHS, dice)}${dice() < 0.9 ? ',' : ''}${dice() < 0.1 ? 'title, more' : ''}`,
      );
    if (ranges)
      lines.push(
        `#EXT-X-BYTERANGE:${1000 + Math.floor(dice() * 9000)}${i === 0 || dice() < 0.3 ? `@${Math.floor(dice() * 5000)}` : ''}`,
      );
    lines.push(addressOf(i, variables, dice));
  }
  if (dice() < 0.15) lines.push('#EXT-X-ENDLIST');
  return finish(lines, dice);
}

function addressOf(i: number, variables: boolean, dice: Dice): string {
  const name = `seg-${i}.ts`;
  if (variables && dice() < 0.5)
    return `${pick(['{$base}/', '', '/{$unknown}/'], dice)}${name}?t=${pick(['{$token}', '{$q}', '1'], dice)}`;
  return pick(
    [
      name,
      `../x/${name}`,
      `/abs/${name}`,
      `https://b.example/${name}?a=1&b=%20`,
      `//c.example/${name}`,
      `${name}  `,
      ` ${name}`,
    ],
    dice,
  );
}

function keyLine(dice: Dice): string {
  return pick(
    [
      '#EXT-X-KEY:METHOD=AES-128,URI="k.key"',
      '#EXT-X-KEY:METHOD=AES-128,URI="k.key",IV=0x00000000000000000000000000000001',
      '#EXT-X-KEY:METHOD=NONE',
    ],
    dice,
  );
}

function makeMaster(dice: Dice): MadeList {
  const lines: string[] = [];
  const variables = dice() < 0.3;
  if (variables) lines.push('#EXT-X-DEFINE:NAME="base",VALUE="v"', '#EXT-X-DEFINE:QUERYPARAM="q"');
  if (dice() < 0.3) lines.push('#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="vi",LANGUAGE="vi",URI="a/vi.m3u8"');
  if (dice() < 0.1) lines.push('#EXT-X-CONTENT-STEERING:SERVER-URI="/steer",PATHWAY-ID="A"');
  if (dice() < 0.05) lines.push('#EXT-X-TARGETDURATION:6');
  const count = Math.floor(dice() * 5);
  for (let i = 0; i < count; i++) {
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${400_000 * (1 + Math.floor(dice() * 3))},CODECS="${pick(['avc1.4d401f,mp4a.40.2', 'hvc1.1.6.L93.B0', 'h264,aac'], dice)}"`,
    );
    if (dice() < 0.05) lines.push('# between');
    lines.push(
      variables ? `{$base}/${i}.m3u8?q={$q}` : pick([`${i}.m3u8`, `https://b.example/${i}.m3u8`, `v/${i}.m3u8 `], dice),
    );
  }
  return finish(lines, dice);
}

function finish(lines: string[], dice: Dice): MadeList {
  const end = pick(['\n', '\n', '\n', '\r\n', '\r'], dice);
  const first = pick(['#EXTM3U', '#EXTM3U', '#EXTM3U', '#EXTM3U ', '\uFEFF#EXTM3U', '\n #EXTM3U'], dice);
  return {
    text: [first, ...lines].join(end) + (dice() < 0.9 ? end : ''),
    url: `http://a.example/live/x/index.m3u8?q=${pick(['1', 'a%2Fb', 'x%26y', ''], dice)}`,
    masterVariables: dice() < 0.7 ? new Map([['token', 'secret']]) : null,
  };
}

/** Faults of transport and of templates: lines doubled, lost, moved, indented, cut, junk between them. */
function spoil(text: string, dice: Dice): string {
  if (dice() < 0.55) return text;
  let lines = text.split('\n');
  for (let n = 1 + Math.floor(dice() * 3); n > 0; n--) {
    const at = Math.min(lines.length - 1, Math.floor(dice() * lines.length));
    if (at < 0) return '';
    const kind = dice();
    if (kind < 0.2) lines.splice(at, 0, lines[at]!);
    else if (kind < 0.35) lines.splice(at, 1);
    else if (kind < 0.6) lines.splice(at, 0, pick(JUNK, dice));
    else if (kind < 0.75) lines[at] = `  ${lines[at]}`;
    else if (kind < 0.85) lines.splice(Math.floor(dice() * lines.length), 0, ...lines.splice(at, 1));
    else if (kind < 0.92) lines[at] = lines[at]!.slice(0, Math.floor(dice() * lines[at]!.length));
    else if (kind < 0.95) lines = lines.slice(0, at + 1);
    else lines[at] = `${lines[at]}${String.fromCodePoint(Math.floor(dice() * 0x2fff))}`;
  }
  return lines.join('\n');
}
