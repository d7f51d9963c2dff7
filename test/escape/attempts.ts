/** What is tried. `steps` are commands of xdotool, each done before the next; `touch` is a gesture of fingers, which X cannot be sent. */
export interface Attempt {
  what: string;
  kind: 'key' | 'mouse' | 'touch';
  steps: readonly string[];
  touch?: 'pinch_in' | 'pinch_out' | 'swipe_right' | 'swipe_left' | 'swipe_down' | 'long_press' | 'double_tap';
}

const WIDTH = 1366;
const HEIGHT = 768;
/** Puts the pointer where every attempt begins. */
export const MIDDLE = `mousemove ${WIDTH / 2} ${HEIGHT / 2}`;

const KEYS: readonly string[] = [
  ...'n t w p h j o s u f g r d e k l b'.split(' ').map((letter) => `ctrl+${letter}`),
  ...'n t i j c w o d b p r Delete Tab m'.split(' ').map((key) => `ctrl+shift+${key}`),
  ...'plus minus 0 1 9 Tab F4 F5 F12 Page_Down Page_Up Escape Return'.split(' ').map((key) => `ctrl+${key}`),
  ...'F1 F3 F5 F6 F7 F8 F9 F10 F11 F12 Escape Menu Print Pause'.split(' '),
  ...'F4 F8 Home Left Right d e f space Tab Escape Return'.split(' ').map((key) => `alt+${key}`),
  ...'Escape F5 F10'.split(' ').map((key) => `shift+${key}`),
  ...'Super_L super+d super+e super+l super+r super+Tab super+Up'.split(' '),
  ...'t Delete Left BackSpace F2'.split(' ').map((key) => `ctrl+alt+${key}`),
  ...'Back Forward HomePage Refresh Search Mail Explorer Calculator AudioPlay Favorites Tools WWW'
    .split(' ')
    .map((key) => `XF86${key}`),
];

const held = (key: string, seconds: number): Attempt => ({
  what: `${key} held ${seconds} s`,
  kind: 'key',
  steps: [`keydown ${key}`, `sleep ${seconds}`, `keyup ${key}`],
});

const mouse = (what: string, ...steps: string[]): Attempt => ({ what, kind: 'mouse', steps: [MIDDLE, ...steps] });
const drag = (what: string, from: string, to: string, button = 1): Attempt =>
  mouse(
    what,
    `mousemove ${from}`,
    `mousedown ${button}`,
    'sleep 0.1',
    `mousemove ${to}`,
    'sleep 0.2',
    `mouseup ${button}`,
  );
const withKey = (key: string, what: string, ...steps: string[]): Attempt =>
  mouse(`${what} with ${key}`, `keydown ${key}`, ...steps, `keyup ${key}`);

const MOUSE: readonly Attempt[] = [
  mouse('right click', 'click 3'),
  mouse('middle click', 'click 2'),
  mouse('button back', 'click 8'),
  mouse('button forward', 'click 9'),
  mouse('wheel sideways, left', 'click --repeat 12 --delay 30 6'),
  mouse('wheel sideways, right', 'click --repeat 12 --delay 30 7'),
  withKey('ctrl', 'wheel up', 'click --repeat 3 --delay 60 4'),
  withKey('ctrl', 'wheel down', 'click --repeat 3 --delay 60 5'),
  withKey('shift', 'click', 'click 1'),
  withKey('ctrl', 'click', 'click 1'),
  withKey('ctrl', 'right click', 'click 3'),
  withKey('alt', 'click', 'click 1'),
  mouse('three clicks, then right click', 'click --repeat 3 --delay 60 1', 'click 3'),
  mouse('top edge, and wait', `mousemove ${WIDTH / 2} 0`, 'sleep 1'),
  mouse('double click on the top edge', `mousemove ${WIDTH / 2} 1`, 'click --repeat 2 --delay 80 1'),
  mouse('right click on the top edge', `mousemove ${WIDTH / 2} 1`, 'click 3'),
  mouse('click in the corner above right', `mousemove ${WIDTH - 3} 2`, 'click 1', 'sleep 0.3'),
  mouse('right click in the corner below left', `mousemove 2 ${HEIGHT - 2}`, 'click 3'),
  drag('drag down from the top edge', `${WIDTH / 2} 0`, `${WIDTH / 2} 400`),
  drag('drag up from the bottom edge', `${WIDTH / 2} ${HEIGHT - 1}`, `${WIDTH / 2} 300`),
  drag('drag in from the left edge', '0 400', '700 400'),
  drag('drag with the right button', '500 300', '900 500', 3),
  drag('drag of a selection to the top', '300 30', `${WIDTH / 2} 2`),
  {
    what: 'move of the window with alt',
    kind: 'mouse',
    steps: [MIDDLE, 'keydown alt', 'mousedown 1', 'mousemove 900 500', 'sleep 0.2', 'mouseup 1', 'keyup alt'],
  },
  {
    what: 'resize of the window with alt',
    kind: 'mouse',
    steps: [MIDDLE, 'keydown alt', 'mousedown 3', 'mousemove 900 500', 'sleep 0.2', 'mouseup 3', 'keyup alt'],
  },
];

const TOUCH: readonly NonNullable<Attempt['touch']>[] = [
  'pinch_in',
  'pinch_out',
  'swipe_right',
  'swipe_left',
  'swipe_down',
  'long_press',
  'double_tap',
];

/** In this order; none needs what another one did. */
export const ATTEMPTS: readonly Attempt[] = [
  ...KEYS.map((key): Attempt => ({ what: key, kind: 'key', steps: [`key ${key}`] })),
  held('Escape', 2),
  held('F11', 2),
  held('alt', 1.5),
  ...MOUSE,
  ...TOUCH.map((touch): Attempt => ({ what: touch.replace('_', ' '), kind: 'touch', steps: [], touch })),
];

/** Of the short form: all on the first window, and each on one of the others. */
export function isInShort(attempt: number, window: number, windows: number): boolean {
  return window === 0 || attempt % (windows - 1) === window - 1;
}

/** Where a gesture of fingers is made, pixels of the page. */
export const TOUCH_AT = { x: WIDTH / 2, y: HEIGHT / 2 };
export const SCREEN = { width: WIDTH, height: HEIGHT };
