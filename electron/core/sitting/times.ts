/** What each clock says at one moment, epoch milliseconds. None of them is known to be right. */
export interface Times {
  /** The PC's clock. */
  now: number;
  /** What the PC's clock would say without the steps it made while the hall relied on it. */
  steadyNow: number;
  /** The centre's clock, from the broadcast's HTTP dates; null when it is not known. It may hold back, never drive. */
  centreNow: number | null;
}

/** HTTP dates are coarse and may come from a cache, and PCs are a little off: so far the centre's clock objects to nothing. */
const CENTRE_SLACK_MS = 15 * 60_000;

/** A moment of the timetable has come: no clock that is known objects. */
export function hasCome(at: number, times: Times): boolean {
  return times.now >= at && times.steadyNow >= at && (times.centreNow ?? at) >= at - CENTRE_SLACK_MS;
}

/** Every clock that is known is in the window. */
export function isWithin(window: { from: number; to: number }, times: Times): boolean {
  const isIn = (at: number, slack: number) => at >= window.from - slack && at <= window.to + slack;
  const { now, steadyNow, centreNow } = times;
  return isIn(now, 0) && isIn(steadyNow, 0) && (centreNow === null || isIn(centreNow, CENTRE_SLACK_MS));
}
