/** Keys of this PC, its recovery code, and the destroying of personal data. */
export const enKeysAlarms = {
  key_file_repaired:
    'A key file of this PC was damaged and is put right from the second one; nothing is lost. The disk may be failing: check it after this sitting.',
  key_copy_repaired:
    'The second key file was damaged and is made again; nothing is lost. The disk may be failing: check it after this sitting.',
  key_copy_failed:
    'The second key file cannot be written; the kiosk runs on. Check space and rights of the disk, then start again.',
  keys_differ:
    'There are two different sets of keys on this PC; those that open the records are used, the others are set aside. If nobody copied a key file here, tell support.',
};
