import { expect, test } from 'vitest';
import { asMarkup, cssString, html } from '../../electron/shared/markup.ts';

test('what is put in is escaped, also in lists and attributes; markup stands as it is, and what is missing vanishes', () => {
  const name = `<b title="x">'Quàng' & Xôm</b>`;
  const page = html`<p class="${name}">${[name, html`<i>${2}</i>`, null, false]}${asMarkup('<hr>')}${''}</p>`;
  const escaped = '&lt;b title=&quot;x&quot;&gt;&#39;Quàng&#39; &amp; Xôm&lt;/b&gt;';
  expect(page.toString()).toBe(`<p class="${escaped}">${escaped}<i>2</i><hr></p>`);
  // @ts-expect-error An object would stand in the document as "[object Object]".
  expect(html`<p>${{}}</p>`.toString()).toContain('object');
  // @ts-expect-error Nothing in a document is awaited.
  expect(() => html`<p>${Promise.resolve('x')}</p>`).toThrow('awaited');
});

test('no text leaves a CSS string', () => {
  expect(cssString('a"}</style>\n\\')).toBe(String.raw`"a\22 }\3c /style>\a \5c "`);
});
