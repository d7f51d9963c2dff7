import fs from 'node:fs';
import type { Browser, CDPSession } from 'puppeteer-core';
import { children } from '../faults/processes.ts';

export interface MemoryPoint {
  atS: number;
  /** Objects of the page that are still reachable, after a forced collection. */
  heapMb: number;
  /** Memory of the renderer that belongs to it alone (media buffers included); null without /proc. */
  rendererMb: number | null;
}

/**
 * Machine code and notes on types are made and thrown away as functions become hot, which looks like a leak for as long as
 * a page warms up and says nothing of one. With these flags V8 interprets: what grows then are objects.
 */
export const STEADY_CODE_FLAGS = [
  '--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode --no-lazy-feedback-allocation',
];

export async function readMemory(session: CDPSession, browser: Browser, atS: number): Promise<MemoryPoint> {
  // Once for what is dead, once more for what its finalizers let go.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { atS, heapMb: usedSize / 2 ** 20, rendererMb: readRenderer(browser.process()?.pid ?? 0) };
}

/** Private memory of the largest renderer under the browser, in megabytes. */
function readRenderer(browserPid: number): number | null {
  const sizes = children(browserPid)
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('--type=renderer'))
    .map((pid) => Number(/^RssAnon:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024);
  return sizes.length === 0 ? null : Math.max(...sizes);
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
