import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';

type KnownAlarm = keyof typeof vi.console.stage.alarms;

function isKnown(code: string): code is KnownAlarm {
  return code in vi.console.stage.alarms;
}

/** Words for an alarm code; a code newer than this window is shown as it is rather than hidden. */
export function useAlarmText(): (code: string) => string {
  const { t } = useTexts();
  return (code) => (isKnown(code) ? t(`console.stage.alarms.${code}`) : code);
}
