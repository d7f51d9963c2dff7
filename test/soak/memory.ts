import fs from 'node:fs';
import type { CDPSession } from 'puppeteer-core';
import { children } from '../faults/processes.ts';

/** Megabytes unless the name says otherwise. */
export interface MemoryPoint {
  atS: number;
  /** Objects of the page that are still reachable, after a forced collection. */
  heap: number;
  /** Proportional memory by kind of process: pages that several share count for each a part of them. Empty without /proc. */
  processes: Record<string, number>;
  /** What the page holds besides objects: elements and listeners, counted. */
  counts: { nodes: number; listeners: number };
}

/**
 * Machine code and notes on types are made and thrown away as functions become hot, which looks like a leak for as long as
 * a page warms up and says nothing of one. With these flags V8 interprets: what grows then are objects.
 */
export const STEADY_CODE_FLAGS = [
  '--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode --no-lazy-feedback-allocation',
];

export async function readMemory(
  session: CDPSession,
  pids: { browser: number; core: number },
  atS: number,
): Promise<MemoryPoint> {
  // Once for what is dead, once more for what its finalizers let go.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const processes: Record<string, number> = {};
  for (const [name, pid] of [
    ...children(pids.browser).map((id) => [kindOf(id), id] as const),
    ['core', pids.core] as const,
  ]) {
    const megabytes = proportionalOf(pid);
    if (megabytes > 0) processes[name] = (processes[name] ?? 0) + megabytes;
  }
  return { atS, heap: usedSize / 2 ** 20, processes, counts: { nodes, listeners: jsEventListeners } };
}

/** All processes together. */
export function totalOf({ processes }: MemoryPoint): number {
  return Object.values(processes).reduce((sum, megabytes) => sum + megabytes, 0);
}

/** What a process of the browser is for, by its command line: `page`, `gpu-process`, `network` and so on. */
export function kindOf(pid: number): string {
  const command = read(`/proc/${pid}/cmdline`);
  const type = /--type=([\w-]+)/.exec(command)?.[1];
  if (type === undefined) return 'browser';
  return type === 'renderer' ? 'page' : (/--utility-sub-type=(\w+)/.exec(command)?.[1] ?? type);
}

/** Proportional memory of a process, megabytes; 0 without /proc, or when it has ended. */
export function proportionalOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
