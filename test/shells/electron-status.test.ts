import { expect, test } from 'vitest';
import { isCrash } from '../../electron/shells/electron-status.ts';

test('a signal, an NTSTATUS of Windows and an unknown status are crashes; what the kiosk chose itself is not', () => {
  for (const status of [null, 0xc0000005, 0xc0000409, 0x80000003, -1073741819, 1, 7, 133])
    expect({ status, crash: isCrash(status) }).toEqual({ status, crash: true });
  for (const status of [0, 2, 3, 69, 70, 75])
    expect({ status, crash: isCrash(status) }).toEqual({ status, crash: false });
});
