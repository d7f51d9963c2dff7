/** English beside `vi-settings.ts`; `en.ts` checks the shape. */
export const enSettings = {
  open: 'Settings',
  session: {
    title: 'Session',
    hint: 'Changing the session leads to the start screen. Sign-ins and reports of this one stay, and reports are still sent.',
    change: 'Change session…',
    sheet: 'Change to another session?',
    body: 'The three windows close and the start screen comes. This session can be opened again at any time.',
    doIt: 'Change session',
    doItAllTheSame: 'Change all the same',
    running: 'A sitting is running: the picture on the big screen ends. Press again to change all the same.',
  },
  autostart: {
    title: 'Start by itself',
    hint: 'When on, the kiosk opens with the desktop of this user, also after a power cut.',
    on: 'On',
    off: 'Off',
    broken: 'It is set, but the program is not where it was. Turn it on again.',
    unknown: 'This PC does not tell',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
  },
  pc: {
    title: 'This PC',
    displays: 'Displays',
    sound: 'Loudspeaker of the hall',
    proxy: 'Proxy',
    noProxy: 'none',
    hint: 'The loudspeaker is chosen on the page of picture and sound; the proxy comes with the session package.',
  },
  leave: { title: 'Exit', hint: 'Closes the kiosk, and the desktop is back. What was stored stays.' },
  changes: {
    title: 'Who changed what',
    none: 'Nothing has been changed on this PC yet.',
    by: { technician: 'Technician', chair: 'Chair', nobody: 'Not unlocked' },
    what: {
      stick_copies: 'copies on sticks',
      autostart: 'start by itself',
      sound: 'loudspeaker',
      set_pin: 'PIN',
      change_session: 'change of session',
    },

    on: 'on',
    off: 'off',
  },
  failed: {
    not_written: 'It could not be set: this user may not write. Check the rights of this user, then try again.',
    unreachable: 'The PC does not answer yet. Try again in a few seconds.',
  },
} as const;
