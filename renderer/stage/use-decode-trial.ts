import Hls, { type LoaderCallbacks, type LoaderConfiguration, type LoaderContext } from 'hls.js';
import { useEffect, useEffectEvent } from 'react';
import type { StageView } from '../../electron/contract/api.ts';
import type { DecodedSource } from '../../electron/contract/checks.ts';
import { call } from '../client/call.ts';

/** So many frames show that this PC decodes the source. */
const ENOUGH_FRAMES = 12;
/** Given to one source, ms. */
const LIMIT_MS = 15_000;
const LOOK_EVERY_MS = 200;

/** All that hls.js fetches comes through the core; addresses inside playlists are those of the centre. */
class RelayLoader extends Hls.DefaultConfig.loader {
  override load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>): void {
    const { url } = context;
    const relayed = new URL('api/stream', document.baseURI);
    relayed.searchParams.set('url', url);
    context.url = relayed.href;
    super.load(context, config, {
      ...callbacks,
      onSuccess: (response, stats, asked, details) => {
        const answered = (details as XMLHttpRequest | null)?.getResponseHeader('x-final-url') ?? url;
        callbacks.onSuccess({ ...response, url: answered }, stats, { ...asked, url }, details);
      },
    });
  }
}

/** Decodes a piece of each source out of sight and without sound when the checks ask for it, and says what came of it. */
export function useDecodeTrial(view: StageView | null): void {
  const trial = view?.trial ?? null;
  const id = trial?.id ?? null;
  const latest = useEffectEvent(() => trial?.sources ?? []);
  useEffect(() => {
    if (id === null) return;
    const giveUp = new AbortController();
    void (async () => {
      const sources: DecodedSource[] = [];
      for (const source of latest()) sources.push(await decodePiece(source, giveUp.signal));
      if (!giveUp.signal.aborted) await call('stage/decoded', { id, sources });
    })();
    return () => giveUp.abort();
  }, [id]);
}

/** Plays one source, muted and too small to see, until enough frames were decoded. Never rejects. */
async function decodePiece({ id, url }: { id: string; url: string }, signal: AbortSignal): Promise<DecodedSource> {
  const video = document.createElement('video');
  video.muted = true;
  video.className = 'decode-trial';
  video.setAttribute('aria-hidden', 'true');
  document.body.append(video);
  const hls = new Hls({ loader: RelayLoader, enableWorker: false, startLevel: -1, maxBufferLength: 8 });
  const until = performance.now() + LIMIT_MS;
  const frames = (): number => video.getVideoPlaybackQuality().totalVideoFrames;
  try {
    hls.loadSource(url);
    hls.attachMedia(video);
    hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
    while (frames() < ENOUGH_FRAMES && performance.now() < until && !signal.aborted)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    return { id, frames: frames(), widthPx: video.videoWidth, heightPx: video.videoHeight };
  } finally {
    hls.destroy();
    video.remove();
  }
}
