export interface Variant {
  /** Absolute address. */
  url: string;
  /** Attributes of its EXT-X-STREAM-INF, without quotes. */
  attributes: Record<string, string | undefined>;
}

/** Where a player can go when the server it reads from fails: nowhere, elsewhere on that server, or to another server. */
export type Alternatives = 'none' | 'same_host' | 'other_host';

const SAME_RENDITION = ['BANDWIDTH', 'RESOLUTION', 'FRAME-RATE', 'CODECS', 'VIDEO-RANGE', 'HDCP-LEVEL'] as const;

/**
 * The same rendition at several addresses, as players see it (RFC 8216, 6.2.4 and pathways of its successor): variants that
 * differ in nothing but the address and the pathway.
 */
export function findAlternatives(variants: readonly Variant[]): Alternatives {
  const renditions = new Map<string, string[]>();
  for (const { url, attributes } of variants) {
    const key = JSON.stringify(SAME_RENDITION.map((name) => attributes[name]));
    renditions.set(key, [...(renditions.get(key) ?? []), url]);
  }
  const copies = [...renditions.values()];
  if (copies.some((urls) => new Set(urls.map(hostOf)).size > 1)) return 'other_host';
  // One address named twice is one variant with several sound tracks.
  if (copies.some((urls) => new Set(urls).size > 1)) return 'same_host';
  // Pathways may differ in their bandwidths, then no two variants are equal.
  const pathways = new Map(variants.map((v) => [v.attributes['PATHWAY-ID'] ?? '.', hostOf(v.url)]));
  if (pathways.size < 2) return 'none';
  return new Set(pathways.values()).size > 1 ? 'other_host' : 'same_host';
}

function hostOf(url: string): string {
  return new URL(url).host;
}
