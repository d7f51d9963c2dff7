import { html as tag, raw } from 'hono/html';
import { assert } from './result.ts';

/** HTML that is safe to stand in a page as it is. */
export type Markup = ReturnType<typeof raw>;

type Part = Markup | string | number | null | false | readonly Part[];

/**
 * Template tag of Hono for what our documents consist of: every value is escaped unless it is Markup; arrays are joined;
 * null and false vanish.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  const made = tag(strings, ...parts);
  assert(!(made instanceof Promise), 'a document holds nothing that is awaited');
  return made;
}

/** Text that is markup already: a style sheet, a drawing, an attribute of ours. */
export function asMarkup(text: string): Markup {
  return raw(text);
}

/** Text as a CSS string, for the margin boxes of a page. */
export function cssString(text: string): string {
  return `"${text.replaceAll(/["\\<\n\r\f]/g, (c) => `\\${c.codePointAt(0)!.toString(16)} `)}"`;
}
