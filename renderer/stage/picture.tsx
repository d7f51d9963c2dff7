import workerUrl from 'hls.js/dist/hls.worker.js?url';
import type { JSX } from 'react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { StageView } from '../../electron/contract/api.ts';
import { call, post } from '../client/call.ts';
import type { PictureState } from './layer.ts';
import type { Player } from './player/index.ts';
import { createPlayer } from './player/index.ts';
import { useSink } from './use-sink.ts';

/** The window reads the stream through the core, which alone speaks with the outside. */
function toTransportUrl(url: string, list?: { master: string; near: number | null }): string {
  const address = new URL('api/stream', document.baseURI);
  address.searchParams.set('url', url);
  if (list) address.searchParams.set('master', list.master);
  if (list?.near) address.searchParams.set('near', String(list.near));
  return address.href;
}

/** A fresh address for a source whose token has run out; null when there is none to be had. */
async function askFreshAddress(sourceId: string): Promise<string | null> {
  const answer = await call('stage/fresh-address', { sourceId });
  return answer.ok ? answer.url : null;
}

/** Holds one player for one sitting: starts it with the sitting's settings, stops it with the component. */
export function Picture({
  view,
  onPicture,
}: {
  view: StageView;
  onPicture: (state: PictureState) => void;
}): JSX.Element {
  const container = useRef<HTMLDivElement>(null);
  const player = useRef<Player | null>(null);
  const reportPicture = useEffectEvent(onPicture);
  const latest = useEffectEvent(() => view);
  const sink = useSink(view.sound);
  const latestSink = useEffectEvent(() => sink);
  const volume = view.sound.muted ? 0 : view.sound.volume / 100;
  const latestVolume = useEffectEvent(() => volume);

  useEffect(() => {
    if (!container.current) return;
    const { sources, cmcdSessionId, sitting, resumeAtMs, afterOutage } = latest();
    const startsAt = sitting?.startsAt ?? null;
    let seen = false;
    const created = createPlayer({
      container: container.current,
      sources,
      delaySeconds: view.delaySeconds,
      afterOutage,
      resumeAtMs,
      language: view.audioLanguage,
      cmcd: view.cmcd,
      cmcdSessionId,
      toTransportUrl,
      refreshUrl: askFreshAddress,
      // New for each player, so that counters only grow inside a session.
      playerSessionId: crypto.randomUUID(),
      workerUrl,
      onSample: (sample) => post('stage/playback', sample),
      onEvent: (event) => post('stage/playback-event', event),
      holdUntil: startsAt,
      onPicture: (visible) => {
        const shown = visible === 'picture';
        seen ||= shown;
        reportPicture({ shown, seen });
      },
    });
    player.current = created;
    void created.setSink(latestSink());
    created.setVolume(latestVolume());
    created.start();
    return () => {
      player.current = null;
      created.stop();
      reportPicture({ shown: false, seen: false });
    };
  }, [view.delaySeconds, view.audioLanguage, view.cmcd]);

  const addresses = view.sources.map((source) => `${source.id} ${source.url}`).join('\n');
  useAfterFirst(() => player.current?.setSources(latest().sources), addresses);
  useAfterFirst(() => player.current?.setAfterOutage(view.afterOutage), view.afterOutage);
  useAfterFirst(() => player.current?.backToLive(), String(view.backToLive));
  useEffect(() => {
    void player.current?.setSink(sink);
  }, [sink]);

  useEffect(() => player.current?.setVolume(volume), [volume]);

  return <div ref={container} className="picture" />;
}

/** Runs when a value changes, not when it is first seen. */
function useAfterFirst(run: () => void, value: string): void {
  const before = useRef(value);
  const act = useEffectEvent(run);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    act();
  }, [value]);
}
