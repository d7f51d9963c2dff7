import type { HallView } from '../../contract/api-attendance.ts';
import { fold } from '../../shared/names.ts';
import type { Kiosk } from './kiosk.ts';

/** The people of one sitting: totals, units, roll calls, head-count, and the supervisors expected. */
export function buildHallView(kiosk: Kiosk, sittingId: string): HallView {
  const register = kiosk.register(sittingId);
  const secretary = kiosk.secretary(sittingId);
  const here = [...register.listPeople().values()].filter(
    (person) => person.kind === 'supervisor' && register.getStatus(person.id) !== null,
  );
  return {
    sittingId,
    totals: register.getTotals(),
    units: register.listUnits(),
    rollCalls: secretary?.listRollCalls() ?? [],
    headCount: secretary?.getHeadCount() ?? null,
    supervisors: kiosk.session.document.roles.supervisors.map(({ name, position, unit }) => ({
      name,
      position: position ?? null,
      unit: unit ?? null,
      personId: here.find((person) => fold(person.name) === fold(name))?.id ?? null,
    })),
  };
}
