/** A venue's name without "điểm cầu" in front, for where that word is written already: many lists have it in the name. */
export function bareVenueName(name: string): string {
  const whole = name.normalize('NFC').trim();
  return whole.replace(/^(?:điểm cầu[\s:–-]+)+/iu, '').trim() || whole;
}

/** `Điểm cầu …`, with the word exactly once. */
export function venueTitle(name: string): string {
  const bare = bareVenueName(name);
  return /^điểm cầu$/iu.test(bare) ? bare : `Điểm cầu ${bare}`;
}
