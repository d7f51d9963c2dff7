/** What the flags depend on. */
export interface FlagOptions {
  /** Profile folder, the kiosk's own. */
  profile: string;
  /** No display: two made-up ones, projector and operator. */
  headless: boolean;
  /** Chromium refuses its sandbox to the superuser; everybody else keeps it. */
  root: boolean;
  /** Switches of the command line that are Chromium's own; see `chromium-switches.ts`. */
  extra?: readonly string[];
}

/** Both shells let the stage play before anybody touched the PC. */
const AUTOPLAY = 'no-user-gesture-required';

const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--disable-infobars',
  '--disable-breakpad',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-save-password-bubble',
  '--disable-client-side-phishing-detection',
  '--metrics-recording-only',
  '--lang=vi',
  '--password-store=basic',
];

const KIOSK = ['--kiosk', '--disable-pinch', '--overscroll-history-navigation=0', '--disable-print-preview'];

/** The stage may lie behind the desk on the only display, and must go on playing there. */
const NEVER_SLOW = [
  `--autoplay-policy=${AUTOPLAY}`,
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-hang-monitor',
];

/**
 * What costs a PC of 4 GB memory and nobody here uses: for each window the popup of an address bar is a page with a process of its own
 * (42 MB, with names that differ by version), and a process is held ready for the next page (13 MB).
 */
const NOT_USED = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'SpareRendererForSitePerProcess',
];

/** Cameras are listed with the loudspeakers, which else takes a process that nobody uses (25 MB). */
const FEATURES_ON = ['RunVideoCaptureServiceInBrowserProcess'];

const FEATURES_OFF = [
  'Translate',
  'CalculateNativeWinOcclusion',
  'GlobalMediaControls',
  'MediaRouter',
  'DialMediaRouteProvider',
  'HardwareMediaKeyHandling',
  'AutofillServerCommunication',
  'OptimizationHints',
  ...NOT_USED,
];

/** Displays of a kiosk without displays: the operator's, which is the primary one, then the projector's. */
const HEADLESS_DISPLAYS = '--screen-info={0,0 1366x768 label=desk}{1366,0 1920x1080 label=stage}';

/** Takes a list out of switches such as `--disable-features=A,B`, of which Chromium reads the last one only. */
function takeList(switches: readonly string[], name: string): { values: string[]; rest: string[] } {
  const mark = `--${name}=`;
  const values = switches.filter((s) => s.startsWith(mark)).flatMap((s) => s.slice(mark.length).split(','));
  return { values, rest: switches.filter((s) => !s.startsWith(mark)) };
}

/** Flags of the kiosk's browser. Nothing secret is ever among them: any user of the PC can read them. */
export function kioskFlags(options: FlagOptions): string[] {
  const off = takeList(options.extra ?? [], 'disable-features');
  const on = takeList(off.rest, 'enable-features');
  return [
    `--user-data-dir=${options.profile}`,
    ...QUIET,
    ...KIOSK,
    ...NEVER_SLOW,
    `--disable-features=${[...FEATURES_OFF, ...off.values].join(',')}`,
    `--enable-features=${[...FEATURES_ON, ...on.values].join(',')}`,
    ...(options.headless ? ['--headless=new', '--disable-gpu', HEADLESS_DISPLAYS] : []),
    ...(options.root ? ['--no-sandbox'] : []),
    ...on.rest,
  ];
}

/** Flags of the small window that says why the kiosk did not start. */
export function noticeFlags(options: {
  profile: string;
  root: boolean;
  address: string;
  headless?: boolean;
}): string[] {
  return [
    `--user-data-dir=${options.profile}`,
    ...QUIET.filter((flag) => flag !== '--no-startup-window'),
    `--disable-features=${FEATURES_OFF.join(',')}`,
    '--window-size=820,520',
    ...(options.headless ? ['--headless=new', '--disable-gpu'] : []),
    ...(options.root ? ['--no-sandbox'] : []),
    `--app=${options.address}`,
  ];
}

/** Flags of the short-lived browser that prints one document: printing does not work in a kiosk window. */
export function printFlags(options: Pick<FlagOptions, 'profile' | 'root'>): string[] {
  return [
    `--user-data-dir=${options.profile}`,
    ...QUIET,
    '--headless=new',
    '--disable-gpu',
    ...(options.root ? ['--no-sandbox'] : []),
  ];
}
