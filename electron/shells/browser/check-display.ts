import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { STATUS_UNAVAILABLE } from '../refusal.ts';
import type { KioskEnd } from '../supervisor.ts';

/** A display on this PC answers at once, one behind a network soon. */
const CONNECT_MS = 2_000;
/** Where X displays of this PC listen, by their number. */
const X_SOCKETS = '/tmp/.X11-unix';
const X_PORT = 6_000;

export interface ShowMachine {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** `end`: what is said instead of a start; `noDisplay`: no other window can say it either. */
export type DisplayCheck = { ok: true; browser: string } | { ok: false; end: KioskEnd; noDisplay: boolean };

/**
 * Whether windows can be shown on this PC, looked at before a browser is started: it would fail again and again and not say why.
 * `browser`: the program found, or null.
 */
export async function checkDisplay(
  { platform, env }: ShowMachine,
  options: { headless: boolean; browser: string | null; wantedBrowser: string | null },
): Promise<DisplayCheck> {
  const { browser, wantedBrowser } = options;
  if (browser === null || !existsSync(browser)) return { ok: false, end: noBrowser(wantedBrowser), noDisplay: false };
  const ready = { ok: true, browser } as const;
  if (options.headless || platform !== 'linux') return ready;
  const { DISPLAY: x, WAYLAND_DISPLAY: wayland } = env;
  if (!x && !wayland) return { ok: false, end: NO_DISPLAY, noDisplay: true };
  if (wayland && (await answers({ path: path.resolve(env['XDG_RUNTIME_DIR'] ?? '/', wayland) }))) return ready;
  if (x && (await answers(placeOfX(x)))) return ready;
  const end = deadDisplay(x ? `DISPLAY=${x}` : `WAYLAND_DISPLAY=${wayland}`);
  return { ok: false, end, noDisplay: true };
}

/** Where a display listens: `:1.0` on this PC, `host:1` on another. One whose name cannot be read is nowhere. */
function placeOfX(display: string): { path: string } | { host: string; port: number } | null {
  const [, host = '', number = ''] = /^([^:]*|\[[^\]]+\]):(\d+)(?:\.\d+)?$/u.exec(display) ?? [];
  if (number === '') return null;
  if (host === '' || host === 'unix') return { path: path.join(X_SOCKETS, `X${number}`) };
  return { host: host.replace(/^\[|\]$/gu, ''), port: X_PORT + Number(number) };
}

function answers(place: { path: string } | { host: string; port: number } | null): Promise<boolean> {
  if (place === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ ...place, timeout: CONNECT_MS });
    const end = (does: boolean): void => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

const NO_DISPLAY: KioskEnd = {
  status: STATUS_UNAVAILABLE,
  sentence:
    'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): start from the desktop, or add --headless to run without windows.',
  vi: 'Ở đây không có màn hình (chưa đặt DISPLAY hay WAYLAND_DISPLAY): hãy khởi động từ màn hình nền, hoặc thêm --headless để chạy không cửa sổ.',
};

function deadDisplay(named: string): KioskEnd {
  return {
    status: STATUS_UNAVAILABLE,
    sentence: `No display answers here (${named}): start from the desktop, or add --headless to run without windows.`,
    vi: `Màn hình không trả lời (${named}): hãy khởi động từ màn hình nền, hoặc thêm --headless để chạy không cửa sổ.`,
  };
}

function noBrowser(wanted: string | null): KioskEnd {
  if (wanted !== null)
    return {
      status: STATUS_UNAVAILABLE,
      sentence: `There is no program at ${wanted}.`,
      vi: `Không có chương trình nào ở ${wanted}.`,
    };
  return {
    status: STATUS_UNAVAILABLE,
    sentence: 'No browser found: install Microsoft Edge, Google Chrome or Chromium, then start again.',
    vi: 'Không tìm thấy trình duyệt. Hãy cài Microsoft Edge, Google Chrome hoặc Chromium rồi thử lại.',
  };
}
