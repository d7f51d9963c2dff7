import path from 'node:path';

/** Folder of the committed rehearsal media. */
export const mediaDir = path.resolve(import.meta.dirname, '../../../electron/core/rehearsal/media');
