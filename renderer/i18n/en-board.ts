export const enBoard = {
  whose: {
    server: 'The fault is on the province’s side.',
    line: 'The fault is in the venue’s network.',
    this_pc: 'The fault is in this PC.',
    unknown: 'It is not known whether the fault is at the venue or at the province.',
  },
  deliveryNext: {
    unreachable: 'Press Test the way on the Report page; the PC sends again by itself.',
    timeout: 'Nothing to do, the PC sends again by itself. After 30 minutes call technical support.',
    busy: 'Nothing to do, the PC sends again by itself.',
    server_error: 'Nothing to do, the PC sends again by itself. After 30 minutes call technical support.',
    no_receipt: 'Open any web page to see whether a login is asked for, then press Send now.',
    bad_receipt: 'Call technical support and read out the report number.',
    redirected: 'Open any web page to see whether a login is asked for, then press Send now.',
    refused: 'Call the province, read out the report number and ask why.',
    conflict: 'Call the province and read out the report number.',
    damaged: 'Call technical support.',
  },
} as const;
