import { expect, test, vi } from 'vitest';
import { createSpeaker, findVoice, watchVoice, type Synthesis } from '../../renderer/ui/speech.ts';

type Voice = SpeechSynthesisVoice;
const voice = (lang: string, localService = true): Voice => ({
  lang,
  localService,
  name: lang,
  default: false,
  voiceURI: lang,
});

/** What a browser does, written down. */
function createFake(voices: Voice[]) {
  const said: string[] = [];
  let listener: (() => void) | null = null;
  const synthesis: Synthesis = {
    getVoices: () => voices,
    speak: ({ text, voice: by }) => void said.push(`${by?.lang ?? 'none'}: ${text}`),
    cancel: () => void said.push('cancel'),
    addEventListener: (_: string, heard: unknown) => {
      listener = heard as () => void;
    },
    removeEventListener: () => {
      listener = null;
    },
  };
  return { said, synthesis, changed: () => listener?.() };
}
const utterance = (text: string) => ({ text }) as SpeechSynthesisUtterance;

test('only a Vietnamese voice of this PC speaks; one of a server would send names away', () => {
  expect(findVoice(createFake([voice('en-US'), voice('vi-VN', false)]).synthesis)).toBeNull();
  expect(findVoice(createFake([voice('vie-XX'), voice('en-vi')]).synthesis)).toBeNull();
  for (const lang of ['vi-VN', 'vi_VN', 'vi', 'VI-vn'])
    expect(findVoice(createFake([voice('en-US'), voice(lang)]).synthesis)?.lang).toBe(lang);
});

test('one sentence at a time: the next one takes the place of the one that is being spoken, and stop ends it', () => {
  const { said, synthesis } = createFake([voice('vi-VN')]);
  const speaker = createSpeaker(synthesis, utterance);
  speaker.stop();
  speaker.say('một');
  speaker.say('hai');
  speaker.stop();
  speaker.stop();
  expect(said).toEqual(['vi-VN: một', 'cancel', 'vi-VN: hai', 'cancel']);
});

test('without speech, without a voice, and with a browser that fails, nothing is heard and nothing is thrown', () => {
  createSpeaker(null, utterance).say('một');
  const mute = createFake([voice('en-US')]);
  createSpeaker(mute.synthesis, utterance).say('một');
  expect(mute.said).toEqual([]);
  const fail = (): never => {
    throw new Error('no engine');
  };
  const speaker = createSpeaker({ ...createFake([voice('vi-VN')]).synthesis, speak: fail, cancel: fail }, utterance);
  speaker.say('một');
  speaker.say('hai');
  speaker.stop();
});

test('whether there is a voice is known when voices come, also late, and said to be none after two seconds', () => {
  vi.useFakeTimers();
  try {
    const voices: Voice[] = [];
    const { synthesis, changed } = createFake(voices);
    const heard: (boolean | null)[] = [];
    const stop = watchVoice(synthesis, (hasVoice) => heard.push(hasVoice));
    expect(heard).toEqual([null]);
    vi.advanceTimersByTime(2_000);
    expect(heard).toEqual([null, false]);
    voices.push(voice('vi-VN'));
    changed();
    expect(heard).toEqual([null, false, true]);
    stop();
    voices.length = 0;
    changed();
    expect(heard).toHaveLength(3);
    watchVoice(null, (hasVoice) => heard.push(hasVoice));
    expect(heard.at(-1)).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
