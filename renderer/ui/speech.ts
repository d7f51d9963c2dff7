/** The part of the browser's speech that is used here; tests give their own. */
export type Synthesis = Pick<
  SpeechSynthesis,
  'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'
>;

/** Voices come late, or never: after this nobody waits for them, ms. */
const VOICES_MS = 2_000;

/** Null where the browser cannot speak. */
export function browserSynthesis(): SpeechSynthesis | null {
  return 'speechSynthesis' in window ? window.speechSynthesis : null;
}

/** A Vietnamese voice of this PC. Voices of a server are none: names would leave the hall. */
export function findVoice(synthesis: Pick<Synthesis, 'getVoices'>): SpeechSynthesisVoice | null {
  return synthesis.getVoices().find(({ lang, localService }) => localService && /^vi(?:[-_]|$)/iu.test(lang)) ?? null;
}

/** Says at once, and again whenever it changes, whether there is a Vietnamese voice; null while voices may still come. Answers with its end. */
export function watchVoice(synthesis: Synthesis | null, say: (hasVoice: boolean | null) => void): () => void {
  if (synthesis === null) {
    say(false);
    return () => undefined;
  }
  const look = (): void => say(findVoice(synthesis) !== null);
  const timer = setTimeout(look, VOICES_MS);
  synthesis.addEventListener('voiceschanged', look);
  say(findVoice(synthesis) === null ? null : true);
  return () => {
    clearTimeout(timer);
    synthesis.removeEventListener('voiceschanged', look);
  };
}

export interface Speaker {
  /** Speaks now, instead of what is being spoken. Never throws; without a Vietnamese voice nothing is heard. */
  say(text: string): void;
  /** Nothing more is heard. */
  stop(): void;
}

/** One sentence at a time, and never in anybody's way. */
export function createSpeaker(
  synthesis: Synthesis | null,
  makeUtterance: (text: string) => SpeechSynthesisUtterance = (text) => new SpeechSynthesisUtterance(text),
): Speaker {
  /** Kept: a browser may drop an utterance that nobody holds before it was heard to its end. */
  let saying: SpeechSynthesisUtterance | null = null;
  const stop = (): void => {
    if (saying === null) return;
    saying = null;
    try {
      synthesis?.cancel();
    } catch {
      // Speech that cannot be stopped ends by itself.
    }
  };
  return {
    say(text) {
      stop();
      if (synthesis === null) return;
      try {
        const voice = findVoice(synthesis);
        if (voice === null) return;
        const next = makeUtterance(text);
        next.voice = voice;
        next.lang = voice.lang;
        saying = next;
        synthesis.speak(next);
      } catch {
        // The screen says it all the same.
      }
    },
    stop,
  };
}
