import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';

const { alarms } = vi.console.stage;
const { lacks } = vi.console.source;

/** Words for the core's codes; a code newer than this window is shown as it is rather than hidden. */
export function useCodeTexts(): { alarm: (code: string) => string; lack: (code: string) => string } {
  const { t } = useTexts();
  return {
    alarm: (code) => (hasText(alarms, code) ? t(`console.stage.alarms.${code}`) : code),
    lack: (code) => (hasText(lacks, code) ? t(`console.source.lacks.${code}`) : code),
  };
}
