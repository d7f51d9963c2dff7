import type { AttendanceStatus, Person, PersonStatus, Totals } from '../../contract/attendance.ts';

/** Totals of nobody. */
export function emptyTotals(): Totals {
  return {
    summoned: 0,
    present: 0,
    onTime: 0,
    late: 0,
    leftEarly: 0,
    substituted: 0,
    absentExcused: 0,
    absentUnexcused: 0,
    awaited: 0,
    walkIns: 0,
    guests: 0,
    substitutes: 0,
    supervisors: 0,
    came: 0,
    inHall: 0,
  };
}

const STATUS_FIELD = {
  present: 'onTime',
  late: 'late',
  left_early: 'leftEarly',
  substituted: 'substituted',
  absent_excused: 'absentExcused',
  absent_unexcused: 'absentUnexcused',
  awaited: 'awaited',
} as const satisfies Record<AttendanceStatus, keyof Totals>;

const KIND_FIELD = {
  walk_in: 'walkIns',
  guest: 'guests',
  substitute: 'substitutes',
  supervisor: 'supervisors',
} as const;

/**
 * Adds (`sign` 1) or takes away (-1) one person's share.
 *
 * Every summoned person falls into exactly one class, the one of the status, so that counting the list gives the totals:
 * `present = onTime + late + leftEarly` and
 * `summoned = present + substituted + absentExcused + absentUnexcused + awaited`.
 * Somebody who came late and left early is counted as left early only; `lateMinutes` of the status keeps the rest.
 * People outside the roster are counted apart, whatever the hour they came. Of every kind, `came` counts who was seen
 * and `inHall` who has not left since.
 */
export function addShare(totals: Totals, person: Person, status: PersonStatus | null, sign: 1 | -1): void {
  if (!status) return;
  const came = status.arrivedAt !== null;
  if (came) totals.came += sign;
  if (isInHall(status)) totals.inHall += sign;
  if (person.kind !== 'summoned') {
    if (came) totals[KIND_FIELD[person.kind]] += sign;
    return;
  }
  totals.summoned += sign;
  totals[STATUS_FIELD[status.status]] += sign;
  if (came) totals.present += sign;
}

/** Came, and has not left early. */
export function isInHall(status: PersonStatus): boolean {
  return status.arrivedAt !== null && status.status !== 'left_early';
}

/** True when nobody is counted. */
export function isEmpty(totals: Totals): boolean {
  return totals.summoned === 0 && totals.came === 0;
}
