import type { SameShape } from './same-shape.ts';
import type { viPc } from './vi-pc.ts';

export const enPc: SameShape<typeof viPc> = {
  language: {
    title: 'Language of this PC',
    hint: 'Every screen opens in this language. Whoever comes to the desk can still change it for themselves.',
  },
  letters: {
    title: 'Larger letters at the desk',
    hint: 'When on, everybody who comes to the desk sees larger letters from the start.',
    on: 'On',
    off: 'Off',
    turnOn: 'Turn larger letters on',
    turnOff: 'Turn larger letters off',
  },
  proxy: {
    direct: 'Straight, without a proxy',
    by: 'By way of {{proxy}}',
    hint: 'Picture and reports go this way. What is set here counts before the package (which says: {{ofPackage}}).',
    use: { package: 'As the package says', none: 'Straight', address: 'Set an address…' },
    address: 'Address of the proxy',
    name: 'User name (if any)',
    password: 'Password (if any)',
    hasLogin: 'With name and password, kept encrypted on this PC.',
    save: 'Try and save',
    trying: 'Trying…',
    noWay: 'Nothing came by way of this one. {{cause}}',
    saveAnyway: 'Save all the same',
    loginInAddress:
      'Do not write name and password into the address: whoever sees the screen can read them. Type them into the two fields below.',
    noKey: 'No session was opened on this PC yet, so it cannot keep a password. Open one, then set this again.',
    notAnAddress: 'This is not the address of a proxy; write its name and port, as in 10.0.0.1:3128.',
  },
  to: { vi: 'Tiếng Việt', en: 'English', package: 'as the package says', none: 'straight' },
};

/** Alarms about these settings. */
export const enPcAlarms = {
  pc_settings_lost:
    'The settings of this PC cannot be read; all are as on a new PC. Look at language and proxy on the page “Settings” again.',
};
