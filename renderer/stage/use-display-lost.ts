import { useState } from 'react';

/** Whether displays vanished while this page was open, so that the stage now covers the only one left. */
export function useDisplayLost(displays: number | undefined): boolean {
  const [most, setMost] = useState(0);
  if (displays !== undefined && displays > most) setMost(displays);
  return displays === 1 && most > 1;
}
