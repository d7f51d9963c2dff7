import { useEffect } from 'react';
import { post } from '../client/call.ts';

const EVERY_MS = 1_000;
/** Apart from any player's session, whose counters must never go down. */
const IDLE_SESSION_ID = `idle-${crypto.randomUUID()}`;

/** While there is nothing to play, says once a second that this window is alive; the player says so itself otherwise. */
export function useIdleSamples(idle: boolean): void {
  useEffect(() => {
    if (!idle) return;
    const send = (): void =>
      post('stage/playback', {
        playerSessionId: IDLE_SESSION_ID,
        state: 'idle',
        sourceId: null,
        programmeTimeMs: null,
        delayS: null,
        bufferS: 0,
        framesDecoded: 0,
        framesDropped: 0,
        playedMs: 0,
        rebufferMs: 0,
        rebufferCount: 0,
        startupMs: null,
        heightPx: null,
        bitrateKbps: null,
      });
    send();
    const timer = setInterval(send, EVERY_MS);
    return () => clearInterval(timer);
  }, [idle]);
}
