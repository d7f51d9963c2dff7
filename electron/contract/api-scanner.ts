/** What a tried scan was: nothing is recorded. */
export type ScannerTestAnswer = {
  ok: true;
  kind: 'citizen_card' | 'party_card' | 'badge' | 'number' | 'unknown';
  /** What damaged the text on its way; null: nothing found. */
  corruption: string | null;
  /** Last 4 digits of the number; nothing more leaves the core. */
  tail: string | null;
  /** Badges only. */
  isThisVenue: boolean | null;
  looksLike: 'health_card' | 'machine_readable_zone' | 'link' | null;
  /** Characters that arrived. */
  length: number;
};
