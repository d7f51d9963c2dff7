import type { HallView } from '../../contract/api-attendance.ts';
import { countArrivals } from '../attendance/arrivals.ts';
import { fold } from '../../shared/names.ts';
import type { Hall } from '../hall/hall.ts';

/** The people of one sitting: totals, units, arrivals, roll calls, head-count, and the supervisors expected. */
export function buildHallView(
  hall: Pick<Hall, 'session' | 'find' | 'register' | 'secretary'>,
  sittingId: string,
): HallView {
  const register = hall.register(sittingId);
  const secretary = hall.secretary(sittingId);
  const here = [...register.listPeople().values()].filter(
    (person) => person.kind === 'supervisor' && register.getStatus(person.id) !== null,
  );
  const arrivals = [...register.listStatuses().values()].flatMap(({ arrivedAt }) => arrivedAt ?? []);
  return {
    sittingId,
    totals: register.getTotals(),
    units: register.listUnits(),
    arrivals: countArrivals(arrivals, hall.find(sittingId)?.opensAt ?? 0),
    rollCalls: (secretary?.listRollCalls() ?? []).map((call) => ({
      ...call,
      openedAt: register.shownAt(call.openedAt),
      closedAt: register.shownAt(call.closedAt),
      cancelled: call.cancelled && { ...call.cancelled, at: register.shownAt(call.cancelled.at) },
    })),
    headCount: secretary?.getHeadCount() ?? null,
    supervisors: hall.session.document.roles.supervisors.map(({ name, position, unit }) => ({
      name,
      position: position ?? null,
      unit: unit ?? null,
      personId: here.find((person) => fold(person.name) === fold(name))?.id ?? null,
    })),
  };
}
