/** HTML that is safe to stand in a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | null | false | readonly Part[];

/** Template tag: every value is escaped unless it is Markup; arrays are joined; null and false vanish. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(
    strings.reduce((text, piece, i) => text + (i === 0 ? '' : flatten(parts[i - 1] ?? null)) + piece, ''),
  );
}

function flatten(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(flatten).join('');
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Text as a CSS string, for the margin boxes of a page. */
export function cssString(text: string): string {
  return `"${text.replaceAll(/["\\<\n\r\f]/g, (c) => `\\${c.codePointAt(0)!.toString(16)} `)}"`;
}
