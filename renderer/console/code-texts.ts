import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';

type KnownAlarm = keyof typeof vi.console.stage.alarms;
type KnownLack = keyof typeof vi.console.source.lacks;

function isKnownAlarm(code: string): code is KnownAlarm {
  return Object.hasOwn(vi.console.stage.alarms, code);
}

function isKnownLack(code: string): code is KnownLack {
  return Object.hasOwn(vi.console.source.lacks, code);
}

/** Words for the core's codes; a code newer than this window is shown as it is rather than hidden. */
export function useCodeTexts(): { alarm: (code: string) => string; lack: (code: string) => string } {
  const { t } = useTexts();
  return {
    alarm: (code) => (isKnownAlarm(code) ? t(`console.stage.alarms.${code}`) : code),
    lack: (code) => (isKnownLack(code) ? t(`console.source.lacks.${code}`) : code),
  };
}
