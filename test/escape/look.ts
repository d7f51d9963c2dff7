import type { Browser, Page, Protocol } from 'puppeteer-core';
import type { Screen } from './screen.ts';

/** A page says of itself what an attempt must not change. */
interface PageState {
  url: string;
  /** Another one after a reload. */
  loadedAt: number;
  /** Of the browser's zoom, and of fingers. */
  ratio: number;
  scale: number;
  width: number;
  height: number;
  hasFocus: boolean;
  /** By the browser; empty where it does not tell. */
  window: string;
}

export interface State {
  pages: Map<string, PageState | null>;
  /** Every page that the browser has, also those of its own. */
  targets: string[];
  seen: Map<string, string>;
  windows: string[];
  active: { id: string; title: string } | null;
}

const ANSWER_MS = 4_000;

export async function look(browser: Browser, screen: Screen, pages: ReadonlyMap<string, Page>): Promise<State> {
  const read = await Promise.all([...pages].map(async ([name, page]) => [name, await readPage(page)] as const));
  const states = new Map<string, PageState | null>(read);
  const targets = browser
    .targets()
    .filter(
      (target) => !['iframe', 'worker', 'service_worker', 'shared_worker', 'browser'].includes(target.type() as string),
    )
    .map((target) => `${target.type()} ${target.url()}`);
  return { pages: states, targets, seen: screen.visible(), windows: screen.windows(), active: screen.active() };
}

async function readPage(page: Page): Promise<PageState | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ANSWER_MS));
  const read = async (): Promise<PageState> => {
    const session = await page.createCDPSession();
    try {
      // Electron does not have this question; there only X is asked.
      const told = await session.send('Browser.getWindowForTarget').catch(() => null);
      const own = await page.evaluate(() => ({
        url: location.href,
        loadedAt: performance.timeOrigin,
        ratio: devicePixelRatio,
        scale: visualViewport?.scale ?? 1,
        width: innerWidth,
        height: innerHeight,
        hasFocus: document.hasFocus(),
      }));
      return { ...own, window: told ? sayBounds(told.bounds) : '' };
    } finally {
      await session.detach().catch(() => undefined);
    }
  };
  return Promise.race([read().catch(() => null), late]);
}

function sayBounds({ windowState, left, top, width, height }: Protocol.Browser.Bounds): string {
  return `${windowState} ${left},${top} ${width}×${height}`;
}

/**
 * What an attempt led to, in words; empty for nothing. `front` is the page it was made on. Another window of the same kiosk in front is not
 * out: F8 and F9 are for that.
 */
export function differences(before: State, after: State, front: string): string[] {
  const found: string[] = [];
  for (const [name, was] of before.pages) {
    const is = after.pages.get(name) ?? null;
    const of = name === front ? 'the page' : `the ${name}`;
    if (!is) found.push(`${of} is closed or does not answer`);
    if (!was || !is) continue;
    if (is.url !== was.url) found.push(`${of} shows ${is.url}`);
    if (is.loadedAt !== was.loadedAt) found.push(`${of} was loaded again`);
    if (is.ratio !== was.ratio || is.scale !== was.scale) found.push(`${of} is zoomed`);
    if (is.window !== was.window) found.push(`the window of ${of} changed: ${is.window}`);
    else if (is.width !== was.width || is.height !== was.height) found.push(`${of} has another size`);
  }
  const ownFront = after.active !== null && before.windows.includes(after.active.id);
  if (after.active === null) found.push('no window has the keys');
  else if (!ownFront) found.push(`“${after.active.title}” is in front`);
  const own = after.pages.get(front);
  if (ownFront && after.active?.id === before.active?.id && own && before.pages.get(front)?.hasFocus && !own.hasFocus)
    found.push('something of the browser has the keys');
  for (const [id, name] of after.seen) if (!before.seen.has(id)) found.push(`a window or menu opened: ${name}`);
  for (const id of before.windows) if (!after.windows.includes(id)) found.push('a window is gone');
  const more = after.targets.length - before.targets.length;
  if (more > 0)
    found.push(`${more} more page(s): ${after.targets.filter((each) => !before.targets.includes(each)).join(', ')}`);
  return [...new Set(found)];
}
