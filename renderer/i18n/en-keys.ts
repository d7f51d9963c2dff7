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
  retention: 'Retention of personal data',
  willDestroy: '{{conference}}: names and numbers are destroyed from {{date}} on. Figures and receipts are kept.',
  destroyed: '{{conference}}: personal data was destroyed on {{date}}. Certificate {{certificate}}.',
  saveCertificate: 'Save the certificate',
  certificateSaved: 'Saved {{file}}',
  certificateFailed: 'Not saved: plug in a stick and try again.',
};
