import type { WindowRole } from '../contract/shell.ts';

/** A connected display, in the desktop's coordinates. */
export interface Display {
  id: string;
  primary: boolean;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Pixels of the display to one of a page, and its name; absent where the shell cannot tell. */
  scale?: number;
  label?: string;
}

/** Which display carries which window. */
export interface Layout {
  stage: Display;
  /** Desk and console lie here, one in front of the other. */
  operator: Display;
  /** One display carries all three windows. */
  shared: boolean;
}

/** Windows of a session in the order they are opened: the picture of a running broadcast first, what ends in front last. */
export const HALL_ROLES: readonly WindowRole[] = ['stage', 'console', 'desk'];
/** The one window before a session is chosen. */
export const LOBBY_ROLES: readonly WindowRole[] = ['lobby'];
export const ROLES: readonly WindowRole[] = [...HALL_ROLES, ...LOBBY_ROLES];

/** Keys that the shell itself handles, whatever window has the focus. */
export type ShellKey = 'F8' | 'F9';

/**
 * Two displays: the primary one is the operator's, the other one is the projector's, because a projector is plugged in as
 * an extension of the desktop; `swap` turns that round. Displays that mirror each other count as one.
 * Answers null when there is no display at all.
 */
export function arrange(displays: readonly Display[], swap: boolean): Layout | null {
  const distinct = [...displays]
    .sort((a, b) => Number(b.primary) - Number(a.primary) || a.left - b.left || a.top - b.top)
    .filter((d, i, all) => all.findIndex((o) => o.left === d.left && o.top === d.top) === i);
  const [first, second] = distinct;
  if (!first) return null;
  if (!second) return { stage: first, operator: first, shared: true };
  return swap ? { stage: first, operator: second, shared: false } : { stage: second, operator: first, shared: false };
}

/** The display of a window. */
export function displayOf(layout: Layout, role: WindowRole): Display {
  return role === 'stage' ? layout.stage : layout.operator;
}

/** Which window is in front of the operator's display after a key: F8 desk or stage, F9 console and back. */
export function frontAfterKey(front: WindowRole, key: ShellKey, shared: boolean): WindowRole {
  if (key === 'F9') return front === 'console' ? 'desk' : 'console';
  if (front !== 'desk') return 'desk';
  return shared ? 'stage' : 'desk';
}

/**
 * Which window is in front after the displays changed. When one display is left and the stage plays, it keeps what the hall is
 * looking at, and the desk is behind F8; a stage that does not play never covers the desk. When the displays are back, the
 * operator gets back the window that was `covered` so, which is null once somebody chose a window by hand.
 */
export function frontAfterDisplays(
  front: WindowRole,
  before: Layout | null,
  after: Layout,
  { stagePlays, covered }: { stagePlays: boolean; covered: WindowRole | null } = { stagePlays: false, covered: null },
): WindowRole {
  if (after.shared && before?.shared === false && stagePlays) return 'stage';
  if (front !== 'stage') return front;
  if (before?.shared === true && after.shared) return 'stage';
  return after.shared ? 'desk' : (covered ?? 'desk');
}

/** Same windows on the same places. */
export function sameLayout(a: Layout | null, b: Layout | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
