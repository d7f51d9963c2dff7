import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CreateSessionInput } from '../../contract/api-lobby.ts';
import { SessionPackage } from '../../contract/session-package.ts';
import type { ImportPlace } from '../provisioning/search-places.ts';
import type { SessionRecord } from '../store/session-store.ts';

/**
 * A session that somebody makes on the spot, as a package like any other. Reports go where those of `like` went, by the same keys;
 * venue, privacy and forms of address are those of that package too. Without a roster: it is read in on the console.
 */
export function makeLocalPackage(input: CreateSessionInput, like: SessionRecord, now: number): SessionPackage {
  const { document } = like;
  const id = `tai-cho-${new Date(now).toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  const at = (ms: number) => new Date(ms).toISOString();
  return SessionPackage.parse({
    format: 'session-package/1',
    packageId: id,
    issuedAt: at(now),
    conference: { id, title: input.conference },
    venue: { ...document.venue, name: input.venue },
    sittings: input.sittings.map(({ title, startsAt, endsAt }, index) => ({
      id: `buoi-${index + 1}`,
      title,
      startsAt: at(startsAt),
      endsAt: at(endsAt),
      sources: input.stream === '' ? [] : [{ id: 'chinh', url: input.stream }],
    })),
    playback: document.playback,
    units: document.units,
    delivery: document.delivery,
    keys: document.keys,
    privacy: document.privacy,
    document: document.document,
    address: document.address,
    ...(document.hotline === undefined ? {} : { hotline: document.hotline }),
  });
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
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx' });
  return file;
}
