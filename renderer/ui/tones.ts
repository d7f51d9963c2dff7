/** Short sounds made in the browser; nothing is fetched. */

export interface Note {
  /** Hertz. */
  hz: number;
  /** Seconds from the start of the sound. */
  atS: number;
  forS: number;
  wave?: OscillatorType;
  /** 0..1 */
  gain?: number;
}

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    return context;
  } catch {
    return null;
  }
}

/**
 * Plays notes on the given output (the default one when null). Never throws: a PC without sound still signs people in.
 * A browser that holds sound back until the first touch stays silent until then.
 */
export function playNotes(notes: readonly Note[], sinkId: string | null = null): void {
  const ctx = audio();
  if (!ctx) return;
  const play = (): void => {
    const from = ctx.currentTime + 0.02;
    for (const note of notes) {
      const oscillator = ctx.createOscillator();
      const volume = ctx.createGain();
      const start = from + note.atS;
      const peak = note.gain ?? 0.25;
      oscillator.type = note.wave ?? 'sine';
      oscillator.frequency.value = note.hz;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(peak, start + 0.012);
      volume.gain.setValueAtTime(peak, start + Math.max(0.02, note.forS - 0.06));
      volume.gain.exponentialRampToValueAtTime(0.0001, start + note.forS);
      oscillator.connect(volume).connect(ctx.destination);
      oscillator.start(start);
      oscillator.stop(start + note.forS + 0.02);
    }
  };
  const sink = ctx as AudioContext & { setSinkId?: (id: string) => Promise<void>; sinkId?: string };
  if (sink.setSinkId && (sink.sinkId ?? '') !== (sinkId ?? '')) sink.setSinkId(sinkId ?? '').then(play, play);
  else play();
}
