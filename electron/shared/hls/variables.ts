import { attributeOf } from './lines.ts';

export type Variables = ReadonlyMap<string, string>;

const REFERENCE = /\{\$([A-Za-z0-9_-]+)\}/gu;
const QUOTED = /"[^"]*"/gu;
/** Attributes written in hexadecimal, where a variable may stand without quotes. */
const HEXADECIMAL = /((?:^|[:,])(?:IV|SCTE35-CMD|SCTE35-IN|SCTE35-OUT)=)([^",]+)/gu;
/** A value that may stand decoded in an address without changing the address around it. */
const SAFE_IN_ADDRESS = /^[\w.~/:@!$'()*,;=-]*$/u;

/** What one EXT-X-DEFINE does to the variables of a playlist. */
export type Definition =
  | { kind: 'defined'; name: string; value: string }
  /** IMPORT, and the multivariant playlist with its variables is not known here. */
  | { kind: 'master_needed' }
  /** A name that is not to be had: references to it stay as they are. */
  | { kind: 'missing' };

/**
 * Reads one `#EXT-X-DEFINE` (RFC 8216bis, 4.4.2.3). `url` is the address of the playlist after redirects, for QUERYPARAM;
 * `master` are the variables of the multivariant playlist, for IMPORT, null when they are not known.
 */
export function readDefinition(tag: string, own: Variables, url: string, master: Variables | null): Definition {
  const imported = attributeOf(tag, 'IMPORT');
  if (imported !== null) {
    if (master === null) return { kind: 'master_needed' };
    return found(imported, master.get(imported));
  }
  const parameter = attributeOf(tag, 'QUERYPARAM');
  if (parameter !== null) return found(parameter, queryParameter(url, parameter));
  const name = attributeOf(tag, 'NAME');
  if (name === null) return { kind: 'missing' };
  return found(name, substitute(attributeOf(tag, 'VALUE') ?? '', own));
}

function found(name: string, value: string | undefined): Definition {
  return value === undefined ? { kind: 'missing' } : { kind: 'defined', name, value };
}

/** Replaces references in an address line; a name that is not defined stays as it is written. */
export function substitute(text: string, variables: Variables): string {
  return text.replace(REFERENCE, (reference, name: string) => variables.get(name) ?? reference);
}

/** Replaces references where RFC 8216bis, 4.3 allows them in a tag: in quoted strings and hexadecimal sequences. */
export function substituteInTag(tag: string, variables: Variables): string {
  return tag
    .replace(QUOTED, (quoted) => substitute(quoted, variables))
    .replace(HEXADECIMAL, (_match, name: string, value: string) => name + substitute(value, variables));
}

/** The value as written, decoded only where that cannot change the meaning of an address. */
function queryParameter(url: string, name: string): string | undefined {
  const query = /\?([^#]*)/u.exec(url)?.[1] ?? '';
  for (const pair of query.split('&')) {
    const [key = '', ...rest] = pair.split('=');
    if (decode(key) !== name) continue;
    const raw = rest.join('=');
    const decoded = decode(raw);
    return SAFE_IN_ADDRESS.test(decoded) ? decoded : raw;
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
