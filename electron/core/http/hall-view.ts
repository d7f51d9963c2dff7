import type { HallView } from '../../contract/api-attendance.ts';
import { fold } from '../../shared/names.ts';
import type { Hall } from '../hall/hall.ts';

/** The people of one sitting: totals, units, roll calls, head-count, and the supervisors expected. */
export function buildHallView(hall: Pick<Hall, 'session' | 'register' | 'secretary'>, sittingId: string): HallView {
  const register = hall.register(sittingId);
  const secretary = hall.secretary(sittingId);
  const here = [...register.listPeople().values()].filter(
    (person) => person.kind === 'supervisor' && register.getStatus(person.id) !== null,
  );
  return {
    sittingId,
    totals: register.getTotals(),
    units: register.listUnits(),
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
