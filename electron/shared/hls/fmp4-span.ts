/**
 * How long a fragmented MP4 segment is, from its own tables (ISO/IEC 14496-12: moof 8.8.4, traf 8.8.6, tfhd 8.8.7, trun 8.8.8,
 * trex 8.8.3, mdhd 8.4.2).
 */
export class Fmp4Span {
  /** By track: ticks a second and the usual length of a sample, from the initialisation segment. */
  readonly #tracks = new Map<number, { timescale: number; sampleTicks: number }>();

  /** An initialisation segment; anything else is ignored. */
  noteInit(body: ArrayBuffer): void {
    const view = new DataView(body);
    const moov = findBoxes(view, 0, view.byteLength, 'moov')[0];
    if (!moov) return;
    for (const trak of findBoxes(view, moov.from, moov.to, 'trak')) {
      const tkhd = findBoxes(view, trak.from, trak.to, 'tkhd')[0];
      const mdia = findBoxes(view, trak.from, trak.to, 'mdia')[0];
      const mdhd = mdia && findBoxes(view, mdia.from, mdia.to, 'mdhd')[0];
      if (!tkhd || !mdhd) continue;
      const id = view.getUint32(tkhd.from + (view.getUint8(tkhd.from) === 1 ? 20 : 12));
      const timescale = view.getUint32(mdhd.from + (view.getUint8(mdhd.from) === 1 ? 20 : 12));
      this.#tracks.set(id, { timescale, sampleTicks: 0 });
    }
    const mvex = findBoxes(view, moov.from, moov.to, 'mvex')[0];
    for (const trex of mvex ? findBoxes(view, mvex.from, mvex.to, 'trex') : []) {
      const track = this.#tracks.get(view.getUint32(trex.from + 4));
      if (track) track.sampleTicks = view.getUint32(trex.from + 12);
    }
  }

  /** Seconds of the longest track; null where the segment or its initialisation cannot be read. */
  spanOf(body: ArrayBuffer): number | null {
    if (this.#tracks.size === 0 || body.byteLength < 16) return null;
    const view = new DataView(body);
    const spans = new Map<number, number>();
    for (const moof of findBoxes(view, 0, view.byteLength, 'moof'))
      for (const traf of findBoxes(view, moof.from, moof.to, 'traf')) {
        const part = this.#spanOfTraf(view, traf);
        if (part === null) return null;
        spans.set(part.id, (spans.get(part.id) ?? 0) + part.seconds);
      }
    return spans.size === 0 ? null : Math.max(...spans.values());
  }

  #spanOfTraf(view: DataView, traf: Box): { id: number; seconds: number } | null {
    const tfhd = findBoxes(view, traf.from, traf.to, 'tfhd')[0];
    if (!tfhd) return null;
    const id = view.getUint32(tfhd.from + 4);
    const track = this.#tracks.get(id);
    if (!track || track.timescale === 0) return null;
    const flags = view.getUint32(tfhd.from) & 0xffffff;
    let at = tfhd.from + 8 + ((flags & 0x1) !== 0 ? 8 : 0) + ((flags & 0x2) !== 0 ? 4 : 0);
    const usual = (flags & 0x8) !== 0 ? view.getUint32(at) : track.sampleTicks;
    let ticks = 0;
    for (const trun of findBoxes(view, traf.from, traf.to, 'trun')) {
      const has = view.getUint32(trun.from) & 0xffffff;
      const samples = view.getUint32(trun.from + 4);
      at = trun.from + 8 + ((has & 0x1) !== 0 ? 4 : 0) + ((has & 0x4) !== 0 ? 4 : 0);
      const step = [0x100, 0x200, 0x400, 0x800].filter((flag) => (has & flag) !== 0).length * 4;
      if ((has & 0x100) === 0) ticks += samples * usual;
      else for (let i = 0; i < samples && at + i * step + 4 <= trun.to; i++) ticks += view.getUint32(at + i * step);
    }
    return { id, seconds: ticks / track.timescale };
  }
}

/** What is in a box, without its header. */
interface Box {
  from: number;
  to: number;
}

function findBoxes(view: DataView, from: number, to: number, type: string): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    let size = view.getUint32(at);
    let head = 8;
    if (size === 1 && at + 16 <= to) {
      size = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (size === 0) size = to - at;
    if (size < head || at + size > to) break;
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    if (name === type) found.push({ from: at + head, to: at + size });
    at += size;
  }
  return found;
}
