/** Keys of this PC, its recovery code, and the destroying of personal data. */
export const enKeysAlarms = {
  retention_warned:
    'Names and numbers of an earlier conference on this PC are due to be destroyed. Save the list to a stick before the date on the page "Report" if it is needed; figures and receipts stay.',
  key_file_repaired:
    'A key file of this PC was damaged and is put right from the second one; nothing is lost. The disk may be failing: check it after this sitting.',
  key_copy_repaired:
    'The second key file was damaged and is made again; nothing is lost. The disk may be failing: check it after this sitting.',
  key_copy_failed:
    'The second key file cannot be written; the kiosk runs on. Check space and rights of the disk, then start again.',
  keys_differ:
    'There are two different sets of keys on this PC; those that open the records are used, the others are set aside. If nobody copied a key file here, tell support.',
};

/** The recovery code. */
export const enKeys = {
  title: 'Recovery code',
  none: 'No recovery code was made for this PC yet.',
  made: 'A recovery code was made: sheet {{sheet}}, {{date}}.',
  what: 'When the PC breaks or its keys are lost, this sheet opens lists and figures on another PC. Write it down and keep it apart from the PC.',
  make: 'Make a recovery code',
  again: 'Make a new code',
  againBody: 'The old sheet will no longer open the records of this PC. Make a new code?',
  sheet: 'Recovery sheet {{sheet}}',
  onlyOnce:
    'The code is shown only once and not stored. Write down the number of the sheet and all 9 groups, row by row, then read each group back.',
  copied: 'Written down',
  failed: 'The code could not be made: check the disk; only the technician can do this.',
  saveSheet: 'Save the sheet for printing',
  sheetSaved: 'Saved {{file}}. Delete this file when it is printed.',
  sheetFailed: 'The sheet could not be saved: plug in a stick and try again, or write the code down.',
  checkOpen: 'Try the sheet',
  checkTitle: 'Type sheet {{sheet}} back',
  checkHow: 'Type all 9 groups as they stand on the paper, row by row. A group with a mistake is named.',
  checkDo: 'Check',
  check: {
    right: 'Right. This sheet opens the records of this PC.',
    wrong_length: '{{digits}} of {{wanted}} digits: something is missing or too much.',
    wrong_group: 'Group {{group}} is wrong: look at it on the paper again.',
    wrong_check: 'The groups do not fit together: two may be in each other’s place.',
    no_file: 'This PC has no recovery code yet.',
    other_code: 'This sheet is of another PC, or a newer one was made.',
    unreachable: 'The PC does not answer. Try again.',
  },
  copies: {
    title: 'Copies on sticks',
    on: 'On: a stick that is plugged in gets a copy',
    off: 'Off: nothing is written on sticks',
    hint: 'The copy is encrypted; only this PC or the recovery sheet opens it. When the disk fails, the sign-ins come back from it.',
    turnOn: 'Write copies on sticks',
    turnOff: 'No more copies on sticks',
  },
  retention: 'Retention of personal data',
  willDestroy: '{{conference}}: names and numbers are destroyed from {{date}} on. Figures and receipts are kept.',
  destroyed: '{{conference}}: personal data was destroyed on {{date}}. Certificate {{certificate}}.',
  saveCertificate: 'Save the certificate',
  certificateSaved: 'Saved {{file}}',
  certificateFailed: 'Not saved: plug in a stick and try again.',
};
