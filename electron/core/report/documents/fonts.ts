import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** `@font-face` rules with the faces inside, so that a document needs nothing from outside. */
export interface DocumentFonts {
  /** Of every document. */
  faces: string;
  /** For marks over letters that have no character of their own; only documents with such names carry it. */
  marks: string;
}

/** The rules a text needs: names of the highlands have letters like ơ̆ and ê̆, a letter and a mark each. */
export function fontsFor(fonts: DocumentFonts, text: string): string {
  return /\p{M}/u.test(text.normalize('NFC')) ? `${fonts.faces}\n${fonts.marks}` : fonts.faces;
}

/**
 * Tinos has the widths of Times New Roman, which may not be passed on, and the whole Vietnamese block. Static faces:
 * Chromium embeds a variable font as Type 3, which cannot be searched or copied well.
 */
const FACES = [
  { weight: 400, style: 'normal' },
  { weight: 700, style: 'normal' },
  { weight: 400, style: 'italic' },
  { weight: 700, style: 'italic' },
] as const;

/** Unicode ranges as the font's makers cut the files (fontsource, Google Fonts). */
const SUBSETS = {
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
} as const;

/** What Tinos is cut without: U+0306 and where it stands on each letter. STIX Two Text looks like it and has both. Its own flat
 * marks over capitals are left out: they have no character, so nobody could copy them out of the PDF. */
const MARK_FACES = [
  { name: '400Regular', weight: 400, style: 'normal' },
  { name: '700Bold', weight: 700, style: 'normal' },
  { name: '400Regular_Italic', weight: 400, style: 'italic' },
  { name: '700Bold_Italic', weight: 700, style: 'italic' },
] as const;

/** In the same folder when built, else in the packages of a checkout. */
function findMarks(folder: string, name: string): string {
  const file = `STIXTwoText_${name}.ttf`;
  const built = path.join(folder, file);
  return existsSync(built) ? built : path.join(folder, '../../..', '@expo-google-fonts', 'stix-two-text', name, file);
}

/** Reads the faces from `folder` (the `files` of @fontsource/tinos, or the built one). Rejects when one is missing. */
export async function loadDocumentFonts(folder: string): Promise<DocumentFonts> {
  const face = async (family: string, weight: number, style: string, file: string, more: string): Promise<string> => {
    const data = (await readFile(file)).toString('base64');
    const kind = file.endsWith('.ttf') ? 'ttf' : 'woff2';
    const format = kind === 'ttf' ? 'truetype' : 'woff2';
    return `@font-face{font-family:${family};font-weight:${weight};font-style:${style};src:url(data:font/${kind};base64,${data}) format("${format}")${more}}`;
  };
  const faces = FACES.flatMap(({ weight, style }) =>
    Object.entries(SUBSETS).map(([subset, range]) =>
      face(
        'Tinos',
        weight,
        style,
        path.join(folder, `tinos-${subset}-${weight}-${style}.woff2`),
        `;unicode-range:${range}`,
      ),
    ),
  );
  const marks = MARK_FACES.map(({ name, weight, style }) =>
    face('"Tinos Marks"', weight, style, findMarks(folder, name), ';font-feature-settings:"ccmp" 0'),
  );
  return { faces: (await Promise.all(faces)).join('\n'), marks: (await Promise.all(marks)).join('\n') };
}
