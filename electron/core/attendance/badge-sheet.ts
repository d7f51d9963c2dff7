import { renderSVG } from 'uqr';
import type { Person } from '../../contract/attendance.ts';
import { asMarkup, html, type Markup } from '../../shared/markup.ts';
import { venueTitle } from '../../shared/venue-name.ts';

/** A person with the random token of their badge; the token says nothing about them. */
export interface BadgePerson extends Pick<Person, 'name' | 'position' | 'unitName'> {
  /** 4 to 64 letters, digits, `-` or `_`. */
  badge: string;
}

export interface BadgeVenue {
  id: string;
  name: string;
  conference: string;
  /** Title and day of each sitting the badge is for. */
  sittings: readonly string[];
}

/**
 * What a badge says to the scanner. ASCII without a name: it survives any keyboard layout, and a lost badge tells nothing.
 */
export function badgeText(venueId: string, token: string): string {
  return `BP1|${venueId}|${token}`;
}

const STYLE = `
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; font-family: Tinos, 'Tinos Marks', 'Times New Roman', serif; }
main { display: grid; grid-template-columns: 95mm 95mm; grid-auto-rows: 54mm; }
article { display: grid; grid-template: 100% / 38mm 1fr; gap: 3mm; align-items: center; height: 54mm; padding: 3mm;
  border: 0.2mm dashed #777; overflow: hidden; break-inside: avoid; }
svg { display: block; width: 38mm; height: 38mm; }
/* However long the words are, the code stays whole: each text has its lines, and what is too long ends in dots. */
div { max-height: 100%; overflow: hidden; }
h2, p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
h2 { margin: 0 0 1mm; font-size: 13pt; line-height: 1.15; }
p { margin: 0; font-size: 9pt; line-height: 1.2; }
.where { margin-top: 0.8mm; font-size: 8pt; line-height: 1.15; text-wrap-style: pretty; }
.when { font-size: 8pt; line-height: 1.15; }
`;

/**
 * Badges of a venue as one page of HTML for printing: ten on a sheet of A4, with lines to cut along. Everything is inside
 * the page; it needs no script and no network. People come in the order given; `fontFaces` are CSS rules with the typeface inside.
 */
export function renderBadgeSheetHtml(people: readonly BadgePerson[], venue: BadgeVenue, fontFaces = ''): string {
  const page = html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <title>${venue.conference}</title>
        <style>
          ${asMarkup(fontFaces + STYLE)}
        </style>
      </head>
      <body>
        <main>${people.map((person) => renderBadge(person, venue))}</main>
      </body>
    </html> `;
  return page.toString();
}

function renderBadge(person: BadgePerson, venue: BadgeVenue): Markup {
  // A quarter of the code may be worn off; the quiet zone of four modules is what ISO/IEC 18004 asks for.
  const code = asMarkup(renderSVG(badgeText(venue.id, person.badge), { ecc: 'Q', border: 4 }));
  const about = [person.position, person.unitName].filter((part) => part !== null);
  return html`<article>
    ${code}
    <div>
      <h2>${person.name}</h2>
      ${about.map((line) => html`<p>${line}</p>`)}
      <p class="where">${venue.conference}</p>
      ${venue.sittings.length > 0 && html`<p class="when">${venue.sittings.join('; ')}</p>`}
      <p class="when">${venueTitle(venue.name)}</p>
    </div>
  </article>`;
}
