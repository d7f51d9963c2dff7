import { existsSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file by which a second start asks the kiosk that runs on this data folder to come to the front. */
const REQUEST_FILE = 'come-to-front';
const LOOK_EVERY_MS = 500;
/** A kiosk that runs has answered by then. */
const ANSWER_MS = 4_000;

/** Answers requests until it is stopped. One that lay there before, from a kiosk that was gone, is removed. */
export function watchRaise(folder: string, onRaise: () => void): () => void {
  const file = path.join(folder, REQUEST_FILE);
  try {
    rmSync(file, { force: true });
  } catch {
    // A folder that cannot be written is the core's to tell.
  }
  const timer = setInterval(() => {
    try {
      unlinkSync(file);
    } catch {
      return;
    }
    onRaise();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Asks the other kiosk, whatever its shell; true when it took the request. */
export async function askRaise(folder: string, answerMs = ANSWER_MS): Promise<boolean> {
  const file = path.join(folder, REQUEST_FILE);
  try {
    writeFileSync(file, '');
    for (let waited = 0; waited < answerMs; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (!existsSync(file)) return true;
    }
    rmSync(file, { force: true });
  } catch {
    // Another user's folder, or a full disk.
  }
  return false;
}
