import { joinLines, splitLines, type Line } from './lines.ts';
import { mendMedia } from './mend-media.ts';
import { readDefinition, substitute, substituteInTag, type Variables } from './variables.ts';

/** What must be known of a playlist besides its text. */
export interface PlaylistOrigin {
  /** Its address after redirects. */
  url: string;
  /** Variables of the multivariant playlist that names it; null when that one is not known here. */
  masterVariables: Variables | null;
  /** A sequence number counted in the same stream before, as players count it; null when none is known. */
  nearSequence: number | null;
}

export type MendedPlaylist =
  | { ok: true; text: string; variables: Variables }
  /** It imports variables, and the multivariant playlist that defines them must be read first. */
  | { ok: false; error: 'master_needed' };

/**
 * The playlist in a form that every reader understands alike: no byte order mark or indents, variables put in, media
 * sequence numbers that can be counted with, a length for every segment, a target duration. A text without any of these
 * faults comes out as the very same string; so does what is no playlist. Pure.
 */
export function mendPlaylist(text: string, origin: PlaylistOrigin): MendedPlaylist {
  const body = text.replace(/^\uFEFF/u, '').trimStart();
  if (!body.startsWith('#EXTM3U')) return { ok: true, text, variables: new Map() };
  const lines = splitLines(body);
  let mended = tidy(lines);
  const filled = fillVariables(mended, origin);
  if (filled === null) return { ok: false, error: 'master_needed' };
  mended = filled.lines;
  mended = isMaster(mended) ? withoutMediaTags(mended) : mendMedia(mended, origin.nearSequence);
  const changed = mended.length !== lines.length || mended.some((line, i) => line.text !== lines[i]!.text);
  return { ok: true, text: changed || body !== text ? joinLines(mended) : text, variables: filled.variables };
}

/** Lists variants, and no segments. */
export function isMaster(lines: readonly Line[]): boolean {
  let variants = false;
  for (const { text } of lines) {
    if (text.startsWith('#EXTINF:')) return false;
    if (text.startsWith('#EXT-X-STREAM-INF:')) variants = true;
  }
  return variants;
}

/** The first line is the bare tag; no line is indented; addresses have no blanks behind them. */
function tidy(lines: readonly Line[]): Line[] {
  return lines.map((line, i) => {
    const text = line.text.trimStart();
    if (i === 0) return { ...line, text: '#EXTM3U' };
    return { ...line, text: text.startsWith('#') ? text : text.trimEnd() };
  });
}

function fillVariables(
  lines: readonly Line[],
  { url, masterVariables }: PlaylistOrigin,
): { lines: Line[]; variables: Map<string, string> } | null {
  const variables = new Map<string, string>();
  const filled: Line[] = [];
  for (const line of lines) {
    if (line.text.startsWith('#EXT-X-DEFINE:')) {
      const definition = readDefinition(line.text, variables, url, masterVariables);
      if (definition.kind === 'master_needed') return null;
      // A name that is defined twice keeps its first value.
      if (definition.kind === 'defined' && !variables.has(definition.name))
        variables.set(definition.name, definition.value);
      continue;
    }
    if (variables.size === 0 || !line.text.includes('{$')) filled.push(line);
    else {
      const put = line.text.startsWith('#') ? substituteInTag : substitute;
      filled.push({ ...line, text: put(line.text, variables) });
    }
  }
  return { lines: filled, variables };
}

/** Players take a list for one of segments by its target duration. */
function withoutMediaTags(lines: readonly Line[]): Line[] {
  return lines.filter((line) => !line.text.startsWith('#EXT-X-TARGETDURATION'));
}
