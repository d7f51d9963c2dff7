import { answerOf, refusalPage } from '../refusal.ts';
import type { RefusalAnswer, ShowRefusal } from '../refusal.ts';
import { createNotice } from './window-factory.ts';
import type { BrowserWindowClass } from './window-factory.ts';

/** Shows a refusal in a small window of its own, which reaches nothing: its page is its address. */
export function createRefusalWindow(BrowserWindow: BrowserWindowClass): ShowRefusal {
  return async (refusal, signal) => {
    const window = createNotice(BrowserWindow);
    const { webContents } = window;
    try {
      return await new Promise<RefusalAnswer>((resolve, reject) => {
        window.once('closed', () => resolve('close'));
        signal.addEventListener('abort', () => resolve('close'), { once: true });
        webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
        webContents.on('will-navigate', (event) => event.preventDefault());
        webContents.on('render-process-gone', (_event, { reason }) => reject(new Error(`page ended: ${reason}`)));
        webContents.on('console-message', ({ message }) => {
          const answer = answerOf(message);
          if (answer) resolve(answer);
        });
        window.loadURL(refusalPage(refusal)).then(() => window.show(), reject);
      });
    } finally {
      if (!window.isDestroyed()) window.destroy();
    }
  };
}
