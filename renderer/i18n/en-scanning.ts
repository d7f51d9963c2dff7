import type { SameShape } from './same-shape.ts';
import type { viScanning } from './vi-scanning.ts';

export const enScanning: SameShape<typeof viScanning> = {
  title: 'How to try and to repair',
  heading: {
    read: 'What can be scanned',
    silent: 'Nothing appears',
    wrong: 'It is read with wrong letters',
  },
  lines: {
    read: 'Citizen card: the QR code on it\nParty card: the code on it\nBadge with a QR code, printed from here',
    silent:
      'Click on this page and scan again\nUnplug the scanner and plug it in; one without a cable may need charging\nA code on a telephone: make its screen brighter',
    wrong:
      'Switch the Vietnamese typing program off\nSet the scanner to the US keyboard by its manual\nStill wrong: people find themselves by name, without a card',
  },
};
