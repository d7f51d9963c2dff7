import { readCounter } from '../faults/page/counter.ts';

/** A frame that was on screen. */
export interface SeenFrame {
  /** Of the page's own clock. */
  atMs: number;
  wallMs: number;
  /** The counter burnt into it. */
  index: number;
}

declare global {
  interface Window {
    /** The first frame after which the picture moved, and the newest one. */
    seen(): { first: SeenFrame | null; newest: SeenFrame | null };
  }
}

const EVERY_MS = 20;
let shown: SeenFrame | null = null;
let first: SeenFrame | null = null;
let newest: SeenFrame | null = null;

window.seen = () => ({ first, newest });

/** The element on top, as the player lays them. */
function topVideo(): HTMLVideoElement | null {
  const videos = [...document.querySelectorAll('video')];
  return videos.toSorted((a, b) => Number(b.style.zIndex || 0) - Number(a.style.zIndex || 0))[0] ?? null;
}

async function look(): Promise<void> {
  const index = await readCounter(topVideo());
  if (index !== null && index !== shown?.index) {
    const frame = { atMs: performance.now(), wallMs: Date.now(), index };
    if (shown) first ??= shown;
    shown = newest = frame;
  }
  setTimeout(() => void look(), EVERY_MS);
}

void look();
