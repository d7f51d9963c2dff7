import { getSegment } from './media.ts';
import { during, type Row } from './row.ts';
import { soundOnly, withoutSound, withSoundOfType } from './spoil.ts';

const NONE = { stallS: 0, skippedS: 0 };

/** Rows 128 and on: a change of source where nothing is missing, and the language of the sound. */
export function buildChangeRows(): Row[] {
  const firstDies = during(Infinity, ({ host }: { host: 'a' | 'b' }) =>
    host === 'a' ? ({ kind: 'reset' } as const) : null,
  );
  const languages = {
    single: true,
    languages: true,
    encode: (variant: string, content: number | null) =>
      variant === 'audio' || variant === 'english'
        ? soundOnly(Buffer.from(getSegment('360', content ?? 0)))
        : withoutSound(Buffer.from(getSegment(variant, content ?? 0))),
  };
  return [
    {
      row: 128,
      name: 'no programme date-time; first source dies, a backup source is in the package',
      faultS: 60,
      backup: true,
      stream: { list: { single: true, noDates: true }, fault: firstDies },
      bar: NONE,
      check: ({ sourceId }) => (sourceId === 'b' ? [] : [`still on ${sourceId}`]),
    },
    {
      row: 129,
      name: 'the same, and the backup source numbers its segments otherwise',
      faultS: 60,
      backup: true,
      stream: { list: { single: true, noDates: true, sequenceShiftOnB: -35 }, fault: firstDies },
      bar: NONE,
      check: ({ sourceId }) => (sourceId === 'b' ? [] : [`still on ${sourceId}`]),
    },
    {
      row: 130,
      name: 'both sources silent for 100 s, then only the backup comes back',
      faultS: 100,
      backup: true,
      stream: {
        fault: ({ host, t }) => (t >= 0 && (t < 100 || host === 'a') ? { kind: 'silence' } : null),
      },
      bar: { stallS: 35, skippedS: 0.5 },
    },
    {
      row: 131,
      name: 'two languages, English first and none the default; the backup source takes over',
      faultS: 40,
      backup: true,
      stream: { list: languages, fault: firstDies },
      bar: NONE,
      check: ({ origin }) => {
        const english = origin.log.filter((line) => line.url.startsWith('/english/') && line.kind === 'segment').length;
        return english > 0 ? [`${english} segments of English sound fetched`] : [];
      },
    },
    {
      row: 132,
      name: 'sound that no browser decodes (MPEG audio layer II); connections reset for 20 s',
      faultS: 20,
      stream: {
        list: { single: true },
        bytes: (body) => withSoundOfType(body, 0x03),
        fault: during(20, () => ({ kind: 'reset' }) as const),
      },
      bar: NONE,
      bare: 'dead',
      check: ({ events }) => {
        const told = events.filter((event) => event.type === 'audio_unplayable').length;
        return told === 1 ? [] : [`the lost sound was told ${told} times`];
      },
    },
  ];
}
