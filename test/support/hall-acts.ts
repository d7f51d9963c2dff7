import type { InputOf, Path } from '../../electron/contract/endpoints.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { splitPath, urlOf } from '../../electron/shared/endpoint-url.ts';
import type { CoreWorld } from './with-core.ts';

/** What somebody is told: done, refused by a rule, or an error of the core. */
export type Said = 'ok' | 'refused' | 'error';

/** One thing that a person does in the hall, by the endpoints of the windows. */
export interface Act {
  name: string;
  /** Done twice it changes something twice. */
  alwaysChanges: boolean;
  do(world: CoreWorld): Promise<Said>;
}

interface Dice {
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
}

const ALWAYS_CHANGE = new Set<Path>([
  'desk/sign-in',
  'desk/take-back',
  'console/people/sign-in',
  'console/people/add',
  'console/people/roll-call/open',
]);
const reason = 'Ốm có giấy';

/** An act that the dice choose, about somebody on the list. */
export function chooseAct(world: CoreWorld, dice: Dice): Act {
  const sittingId = world.sittingId;
  const personId = dice.pick(world.document.roster!).id;
  const say = <P extends Path>(path: P, input: InputOf<P>): Act => ({
    name: path,
    alwaysChanges: ALWAYS_CHANGE.has(path),
    do: (in_) => tell(in_, path, input),
  });
  switch (dice.int(16)) {
    case 0:
      return say('desk/take-back', { sittingId, personId });
    case 1:
      return say('console/people/sign-in', { sittingId, personId });
    case 2:
      return say('console/people/left', { sittingId, personId, reason });
    case 3:
      return say('console/people/excuse', { sittingId, personIds: [personId], reason });
    case 4:
    case 5:
      return say('console/people/undo', { sittingId, personId, reason });
    case 6:
      return say('console/people/add', {
        sittingId,
        kind: dice.pick(['walk_in', 'guest', 'supervisor'] as const),
        name: `Khách Số ${dice.int(1_000_000)}`,
        notDuplicate: true,
      });
    case 7:
      return say('console/people/roll-call/open', { sittingId, title: `Lượt ${dice.int(1_000)}` });
    case 8:
      return say('console/people/roll-call/close', { sittingId });
    case 9:
      return say('console/people/head-count', {
        sittingId,
        counted: dice.int(50),
        reason: 'Đếm lại',
      });
    case 10:
      return say('console/report/remarks', { sittingId, text: `Góp ý ${dice.int(1_000_000)}` });
    default:
      return say('desk/sign-in', { sittingId, personId, method: 'list' });
  }
}

/** Asks the core inside this process, without a socket. */
export async function tell<P extends Path>(world: CoreWorld, path: P, input: InputOf<P>): Promise<Said> {
  const host = `127.0.0.1:${world.core.port}`;
  const answer = await world.core.api.app.request(`http://${host}${urlOf(path)}`, {
    method: 'POST',
    headers: {
      host,
      authorization: `Bearer ${world.tokens[splitPath(path).window]}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(input),
  });
  if (answer.status >= 500) return 'error';
  return ((await answer.json()) as { ok: boolean }).ok ? 'ok' : 'refused';
}

/** What the records hold of a sitting, each part as text: what acts change, and nothing that changes by itself. */
export function viewRecords(store: Store, sittingId: string, register?: Register): Map<string, string> {
  const sitting = store.sittings.getSitting(sittingId);
  if (!sitting) return new Map([['sitting', 'gone']]);
  const { state, reportId, packageId } = sitting;
  const { notes, remarks } = withNotes(store, sittingId);
  const parts: Record<string, unknown> = {
    state: state === 'live' ? 'open' : state,
    log: store.attendance.getLogHead(),
    'roll calls': store.attendance.listRollCalls(sittingId),
    'head-count': store.settings.getHeadCount(sittingId),
    notes,
    remarks,
    people: store.people.listPeople(packageId).length,
    revisions: store.reports.listRevisions(reportId),
    totals: (register ?? new Register(store, packageId, sitting)).getTotals(),
  };
  return new Map(Object.entries(parts).map(([part, value]) => [part, JSON.stringify(value)]));
}

function withNotes(store: Store, sittingId: string): { notes: unknown; remarks: unknown } {
  const { remarks, ...notes } = store.reports.getNotes(sittingId);
  return { notes, remarks };
}

/** Parts in which two views differ. */
export function listDifferent(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((part) => a.get(part) !== b.get(part));
}
