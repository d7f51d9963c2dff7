/** A line of a playlist with its own line end, so that unchanged lines are written back byte for byte. */
export interface Line {
  text: string;
  end: string;
}

/** Splits at CRLF, LF or CR; `joinLines` gives the same text back. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  const pattern = /\r\n|\n|\r/gu;
  let from = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    lines.push({ text: text.slice(from, match.index), end: match[0] });
    from = pattern.lastIndex;
  }
  if (from < text.length) lines.push({ text: text.slice(from), end: '' });
  return lines;
}

export function joinLines(lines: readonly Line[]): string {
  return lines.map((line) => line.text + line.end).join('');
}

/** The line end that the playlist uses, for lines that are added. */
export function lineEndOf(lines: readonly Line[]): string {
  return lines[0]?.end || '\n';
}

/** The value of an attribute of a tag line, without quotes; null when absent. */
export function attributeOf(tag: string, name: string): string | null {
  for (const [, key, value = ''] of tag.slice(tag.indexOf(':') + 1).matchAll(/\s*([A-Z0-9-]+)=("[^"]*"|[^,]*),?/gu))
    if (key === name) return value.replace(/^"|"$/gu, '').trim();
  return null;
}
