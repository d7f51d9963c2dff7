import { useEffect, useRef } from 'react';
import type { StageView } from '../../electron/contract/api.ts';
import type { Note } from '../ui/tones.ts';
import { playNotes } from '../ui/tones.ts';
import { useSink } from './use-sink.ts';

/** Left as three rising steps, so that it cannot be taken for a hum of the hall. */
const TEST_TONE: readonly Note[] = [
  { hz: 440, atS: 0, forS: 0.5, gain: 0.4 },
  { hz: 554, atS: 0.55, forS: 0.5, gain: 0.4 },
  { hz: 659, atS: 1.1, forS: 0.9, gain: 0.4 },
];

const STANDARD = { deviceId: null, deviceLabel: null };

/** A tone asked for longer ago than this is old news: the window was loaded after it. */
const FRESH_MS = 5_000;

/** Plays the test tone on the hall's output when the console asks for it. */
export function useTestTone(view: StageView | null): void {
  const sink = useSink(view?.sound ?? STANDARD);
  const played = useRef<number | null>(null);
  const at = view?.sound.testToneAt ?? null;
  const now = view?.now ?? 0;
  useEffect(() => {
    if (at === null || played.current === at) return;
    played.current = at;
    if (now - at < FRESH_MS) playNotes(TEST_TONE, sink);
  }, [at, now, sink]);
}
