import type { HallView } from '../../contract/api-attendance.ts';
import { fold } from '../../contract/names.ts';
import { findSecretary } from './console-attendance-api.ts';
import type { Kiosk } from './kiosk.ts';

/** What the console shows of the hall beside totals: roll calls, head-count, supervisors expected. */
export function buildHallView(kiosk: Kiosk): HallView {
  const register = kiosk.register();
  const secretary = findSecretary(kiosk, undefined);
  const here = [...register.listPeople().values()].filter(
    (person) => person.kind === 'supervisor' && register.getStatus(person.id) !== null,
  );
  return {
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
