import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { CreateSessionInput } from '../../contract/api-lobby.ts';
import { REPORT_FORMATS, SessionPackage, type Unit } from '../../contract/session-package.ts';
import { withoutProxyLogin } from '../provisioning/known-proxy-login.ts';
import type { ImportPlace } from '../provisioning/search-places.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { LocalPeople } from './local-roster.ts';

type PackageInput = z.input<typeof SessionPackage>;
type Basis = Pick<PackageInput, 'venue' | 'privacy'> & Partial<PackageInput>;

/** On a PC that never had a package of a province. */
const OWN: Basis = {
  venue: { id: 'tai-cho', name: 'Điểm cầu' },
  privacy: {
    notice:
      'Thông tin điểm danh chỉ dùng để lập báo cáo của buổi họp này, lưu trên máy của điểm cầu và được xóa khi hết hạn lưu.',
  },
};

/**
 * A session that somebody makes on the spot, as a package like any other. Reports go where those of `like` went, by the same keys,
 * or nowhere; venue, privacy and forms of address are those of `like` too, where there is one. `people`: the roster that was read for it; without one
 * it can be read in on the console.
 */
export function makeLocalPackage(
  input: CreateSessionInput,
  { like, people, now }: { like: SessionRecord | null; people: LocalPeople | null; now: number },
): SessionPackage {
  const basis: Basis = like?.document ?? OWN;
  const { venue, playback, units = [], delivery, keys, privacy, document, address, hotline } = basis;
  const id = `tai-cho-${new Date(now).toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  const at = (ms: number) => new Date(ms).toISOString();
  const { proxy, certificateAuthority } = delivery ?? {};
  const receives = input.reportsLike !== '';
  const made = SessionPackage.parse({
    format: 'session-package/1',
    packageId: id,
    issuedAt: at(now),
    conference: { id, title: input.conference },
    venue: { ...venue, name: input.venue },
    sittings: input.sittings.map(({ title, startsAt, endsAt }, index) => ({
      id: `buoi-${index + 1}`,
      title,
      startsAt: at(startsAt),
      endsAt: at(endsAt),
      sources: input.stream === '' ? [] : [{ id: 'chinh', url: input.stream }],
    })),
    playback,
    ...withPeople(units, people),
    delivery: receives
      ? delivery
      : { receiver: 'none', reportFormats: [REPORT_FORMATS[0]], proxy, certificateAuthority },
    keys: receives ? keys : {},
    privacy,
    document,
    address,
    hotline,
  });
  // It is saved as a file; when that is loaded here, they are known.
  return withoutProxyLogin(made);
}

/** A unit of the roster that the package has under the same name is that one. */
function withPeople(units: readonly Unit[], people: LocalPeople | null): Pick<PackageInput, 'units' | 'roster'> {
  if (!people) return { units: [...units] };
  const byName = new Map(units.map(({ id, name }) => [name.toLowerCase(), id]));
  const taken = new Set(units.map(({ id }) => id));
  const idOf = new Map<string, string>();
  const added: Unit[] = [];
  for (const unit of people.units) {
    const known = byName.get(unit.name.toLowerCase());
    const id = known ?? freeId(unit.id, taken);
    idOf.set(unit.id, id);
    if (known !== undefined) continue;
    taken.add(id);
    added.push({ ...unit, id });
  }
  const roster = people.people.map(({ unitId, ...person }) =>
    unitId === undefined ? person : { ...person, unitId: idOf.get(unitId) ?? unitId },
  );
  return { units: [...units, ...added], roster };
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1, id = wanted; ; n += 1, id = `${wanted}-${n}`) if (!taken.has(id)) return id;
}

const ORDER: readonly ImportPlace['folder'][] = ['documents', 'desktop', 'downloads'];

/** Saves it as a file in the user's own folders; its path, or null where there is none. Rejects with the system's error. */
export async function saveLocalPackage(
  document: SessionPackage,
  places: readonly ImportPlace[],
): Promise<string | null> {
  const rank = ({ folder }: ImportPlace) => ORDER.indexOf(folder);
  const [place] = places.filter((each) => !each.removable && rank(each) >= 0).toSorted((a, b) => rank(a) - rank(b));
  if (!place) return null;
  const file = path.join(place.dir, `phien-${document.packageId}.json`);
  // It may hold citizen numbers.
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  return file;
}
