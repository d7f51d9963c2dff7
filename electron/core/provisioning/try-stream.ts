import type { TryStreamAnswer } from '../../contract/api-lobby.ts';
import { causeOfStatus } from '../../shared/causes.ts';
import { CAUSE_OF_PLAYLIST, readPlaylist } from '../../shared/hls/read-playlist.ts';
import { readText } from '../network/body.ts';
import { createEgress } from '../network/egress.ts';

const WITHIN_MS = 10_000;
const LIST_BYTES = 5_000_000;

/** Reads the playlist at an address once, as the watcher will, and says what came. */
export async function tryStream(
  address: string,
  options: { proxy?: string | undefined; certificateAuthority?: string | undefined },
): Promise<TryStreamAnswer> {
  const { proxy, certificateAuthority } = options;
  const egress = createEgress({
    ...(proxy === undefined ? {} : { proxy }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  });
  try {
    const answer = await egress.fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) });
    if (!answer.ok) return { ok: false, error: 'not_read', cause: answer.cause };
    const refused = causeOfStatus(answer.response.status);
    if (refused !== null) {
      await answer.response.body?.cancel();
      return { ok: false, error: 'not_read', cause: refused };
    }
    const read = readPlaylist(await readText(answer.response, LIST_BYTES), { url: answer.url });
    if (!read.ok) return { ok: false, error: 'not_read', cause: CAUSE_OF_PLAYLIST[read.error] };
    const { playlist } = read;
    return { ok: true, pictures: playlist.kind === 'master' ? playlist.variants.length : 1 };
  } catch {
    return { ok: false, error: 'not_read', cause: 'bad_answer' };
  } finally {
    await egress.stop();
  }
}
