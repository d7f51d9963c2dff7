import type { Measured } from './verdict.ts';

export interface RowResult extends Omit<Measured, 'events'> {
  row: number;
  name: string;
  events?: Measured['events'];
  bare?: Omit<Measured, 'events' | 'misses'>;
  /** Why the row did not run here. */
  skipped_because?: string;
}

const seconds = (value: number | null) => (value === null || !Number.isFinite(value) ? '–' : value.toFixed(1));

/** Text table for the terminal. */
export function printTable(rows: RowResult[]): string {
  const lines = rows.map((r) =>
    [
      String(r.row).padStart(4),
      r.name.slice(0, 62).padEnd(62),
      r.skipped_because ? 'not run' : r.alive ? 'alive' : 'DEAD ',
      seconds(r.stall_s).padStart(6),
      seconds(r.skipped_s).padStart(6),
      seconds(r.recovered_s).padStart(6),
      r.bare
        ? (r.bare.alive ? `${seconds(r.bare.stall_s)}/${seconds(r.bare.skipped_s)}` : 'DEAD').padStart(11)
        : ''.padStart(11),
      r.skipped_because ?? r.misses.join('; '),
    ].join(' '),
  );
  return [' row fault'.padEnd(67) + '  state   stall  skip  recov     bare  missed', ...lines].join('\n');
}

const BEGIN = '<!-- fault table: begin -->';
const END = '<!-- fault table: end -->';

/** A page with the two marks gets the table between them; any other text becomes the table. */
export function placeMarkdown(page: string, table: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  return from >= 0 && to > from ? `${page.slice(0, from + BEGIN.length)}\n\n${table}\n${page.slice(to)}` : table;
}

/** Markdown table for the README: generated, never typed. */
export function buildMarkdown(rows: RowResult[]): string {
  const head = [
    '| # | Fault | Kiosk: stall / skipped, s | Back after, s | Bare hls.js: stall / skipped, s |',
    '| ---: | --- | ---: | ---: | ---: |',
  ];
  const body = rows.map((r) => {
    const bare = r.bare
      ? r.bare.alive
        ? `${seconds(r.bare.stall_s)} / ${seconds(r.bare.skipped_s)}`
        : '**dead**'
      : '–';
    if (r.skipped_because) return `| ${r.row} | ${r.name} | not run: ${r.skipped_because} | | |`;
    const ours = r.alive ? `${seconds(r.stall_s)} / ${seconds(r.skipped_s)}` : '**dead**';
    return `| ${r.row} | ${r.name}${r.misses.length > 0 ? ` (missed: ${r.misses.join('; ')})` : ''} | ${ours} | ${seconds(r.recovered_s)} | ${bare} |`;
  });
  return [...head, ...body, ''].join('\n');
}
