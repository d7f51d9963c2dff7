import Hls from 'hls.js';
import type { PlaybackEvent, PlaybackSample } from '../../../electron/contract/broadcast.ts';
import { createPlayer, type Player } from '../../../renderer/stage/player/index.ts';
import type { ToTransportUrl } from '../../../renderer/stage/player/player.ts';
import { FrameTruth, type TruthReport } from './truth.ts';

/** What the bench asks of a page. */
export interface PageOptions {
  player: 'kiosk' | 'bare';
  sources: { id: string; url: string }[];
  delaySeconds: number;
  afterOutage: 'complete' | 'in_step';
  cmcd: 'off' | 'query' | 'headers';
  holdUntil: number | null;
  /** Address of a relay. */
  relay: string | null;
  /** Base of an address that answers with a fresh stream address for `?source=`. */
  refresh: string | null;
  /** Reading pixels costs processor time: off where that is measured. */
  truth?: boolean;
  /** Configuration of bare hls.js. */
  hls: Record<string, unknown>;
}

export interface PageReport {
  truth: TruthReport;
  sample: PlaybackSample | null;
  events: { atMs: number; type: string; cause?: string; detail?: string; programmeTimeMs?: number }[];
  pictures: { atMs: number; visible: string }[];
  errors: string[];
  buffered: number;
  /** Beginning of the page to the first frame presented, ms. */
  firstFrameMs: number | null;
  frames: { decoded: number; dropped: number };
  /** The element says that it is at its end. */
  ended: boolean;
}

declare global {
  interface Window {
    bench: {
      begin(options: PageOptions): void;
      /** `forget`: what was told is not kept, so that a page of many hours does not grow by its own diary. */
      read(forget?: boolean): PageReport;
      end(): void;
      player: Player | null;
      hls: Hls | null;
    };
  }
}

const stage = document.querySelector<HTMLElement>('#stage')!;
const truth = new FrameTruth(stage);
const events: PageReport['events'] = [];
const pictures: PageReport['pictures'] = [];
const errors: string[] = [];
let sample: PlaybackSample | null = null;
let began = 0;
let firstFrameMs: number | null = null;

addEventListener('error', (event) => errors.push(event.message));
addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));

/** As the stage's window does it. */
function relayed(base: string): ToTransportUrl {
  return (url, list) => {
    const address = new URL(base);
    address.searchParams.set('url', url);
    if (list) address.searchParams.set('master', list.master);
    if (list?.near) address.searchParams.set('near', String(list.near));
    return address.href;
  };
}

function beginKiosk(options: PageOptions): void {
  const player = createPlayer({
    container: stage,
    sources: options.sources,
    delaySeconds: options.delaySeconds,
    afterOutage: options.afterOutage,
    cmcd: options.cmcd,
    cmcdSessionId: crypto.randomUUID(),
    playerSessionId: crypto.randomUUID(),
    workerUrl: '/hls.worker.js',
    holdUntil: options.holdUntil,
    ...(options.relay ? { toTransportUrl: relayed(options.relay) } : {}),
    ...(options.refresh
      ? {
          refreshUrl: async (id: string) => {
            const answer = await fetch(`${options.refresh}?source=${id}`);
            return answer.ok ? answer.text() : null;
          },
        }
      : {}),
    onSample: (next) => (sample = next),
    onEvent: ({ type, cause, detail, programmeTimeMs }: PlaybackEvent) =>
      events.push({
        atMs: performance.now() - began,
        type,
        ...(cause ? { cause } : {}),
        ...(detail ? { detail } : {}),
        ...(programmeTimeMs === undefined ? {} : { programmeTimeMs }),
      }),
    onPicture: (visible) => pictures.push({ atMs: performance.now() - began, visible }),
  });
  window.bench.player = player;
  player.start();
}

function beginBare(options: PageOptions): void {
  const video = document.createElement('video');
  video.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  stage.append(video);
  const hls = new Hls(options.hls);
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (data.fatal) events.push({ atMs: performance.now() - began, type: 'fatal', detail: data.details });
  });
  hls.attachMedia(video);
  hls.loadSource(options.sources[0]!.url);
  hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
  window.bench.hls = hls;
}

window.bench = {
  player: null,
  hls: null,
  begin(options) {
    began = performance.now();
    if (options.player === 'kiosk') beginKiosk(options);
    else beginBare(options);
    stage.querySelector('video')?.requestVideoFrameCallback(() => (firstFrameMs = performance.now() - began));
    if (options.truth !== false) truth.start();
  },
  read(forget = false) {
    const video = truth.video();
    let buffered = 0;
    if (video)
      for (let i = 0; i < video.buffered.length; i++)
        if (video.buffered.end(i) > video.currentTime)
          buffered += video.buffered.end(i) - Math.max(video.currentTime, video.buffered.start(i));
    const quality = video?.getVideoPlaybackQuality();
    const frames = { decoded: quality?.totalVideoFrames ?? 0, dropped: quality?.droppedVideoFrames ?? 0 };
    const told = { events: [...events], pictures: [...pictures] };
    if (forget) events.length = pictures.length = 0;
    return {
      truth: truth.report(forget),
      sample,
      ...told,
      errors,
      buffered,
      firstFrameMs,
      frames,
      ended: video?.ended ?? false,
    };
  },
  end() {
    truth.stop();
    window.bench.player?.stop();
    window.bench.hls?.destroy();
  },
};
