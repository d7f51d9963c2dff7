/** Tries that arrive at the province in each second after the end. */
export interface ArrivalsPlot {
  venues: number;
  windowS: number;
  capacityPerS: number;
  /** λ + √(2 λ ln W). */
  bound: number;
  refusedSpread: number;
  refusedTogether: number;
  spread: readonly number[];
  together: readonly number[];
}

const WIDTH = 960;
const HEIGHT = 460;
const LEFT = 84;
const RIGHT = 24;
const TOP = 76;
const BOTTOM = 58;
const BLUE = '#1d4f91';
const RED = '#b3261e';
const GREY = '#5f6368';

/** A small SVG: arrivals with and without jitter over the same minutes, on a logarithmic scale. */
export function renderArrivalsSvg(plot: ArrivalsPlot): string {
  const seconds = Math.max(plot.spread.length, plot.together.length, plot.windowS) + 20;
  const most = Math.max(10, ...plot.spread, ...plot.together);
  const decades = Math.ceil(Math.log10(most));
  const x = (second: number): number => LEFT + (second / seconds) * (WIDTH - LEFT - RIGHT);
  const y = (count: number): number =>
    HEIGHT - BOTTOM - (Math.log10(Math.max(1, count)) / decades) * (HEIGHT - TOP - BOTTOM);
  const n = (value: number): string => value.toFixed(1);
  const parts: string[] = [];

  for (let d = 0; d <= decades; d += 1) {
    const at = n(y(10 ** d));
    parts.push(`<line x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}" stroke="#dadce0"/>`);
    parts.push(text(LEFT - 10, y(10 ** d) + 5, (10 ** d).toLocaleString('en'), 'end', GREY));
  }
  for (let minute = 0; minute * 60 <= seconds; minute += 2) {
    parts.push(text(x(minute * 60), HEIGHT - BOTTOM + 24, `${minute} min`, 'middle', GREY));
  }
  plot.together.forEach((count, second) => {
    if (count === 0) return;
    parts.push(
      `<rect x="${n(x(second) - 1.5)}" y="${n(y(count))}" width="3" height="${n(HEIGHT - BOTTOM - y(count))}" fill="${RED}"/>`,
    );
  });
  const line = plot.spread.map((count, second) => `${n(x(second))},${n(y(count))}`).join(' ');
  parts.push(`<polyline points="${line}" fill="none" stroke="${BLUE}" stroke-width="1.4"/>`);
  parts.push(dashed(y(plot.capacityPerS), '#202124', `province takes ${plot.capacityPerS} a second`));
  parts.push(dashed(y(plot.bound), BLUE, ''));

  const title = `${plot.venues.toLocaleString('en')} venues end in the same second`;
  const number = (value: number): string => value.toLocaleString('en');
  const spread = `■ spread over ${plot.windowS} s: at most ${Math.max(...plot.spread)} a second (λ + √(2λ ln W) = ${Math.round(plot.bound)}), ${number(plot.refusedSpread)} refused`;
  const together = `■ all at once: ${number(Math.max(...plot.together))} a second, ${number(plot.refusedTogether)} refused`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="14">`,
    `<title>${title}: tries per second with and without jitter</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, 28, title, 'start', '#202124', 18),
    text(LEFT, 54, spread, 'start', BLUE),
    text(LEFT + 490, 54, together, 'start', RED),
    ...parts,
    text(LEFT - 70, TOP - 8, 'tries per second', 'start', GREY, 12),
    text(WIDTH - RIGHT, HEIGHT - 10, 'time after the end of the broadcast', 'end', GREY, 12),
    '</svg>',
    '',
  ].join('\n');
}

function dashed(at: number, colour: string, label: string): string {
  return (
    `<line x1="${LEFT}" y1="${at.toFixed(1)}" x2="${WIDTH - RIGHT}" y2="${at.toFixed(1)}" stroke="${colour}" stroke-dasharray="6 4"/>` +
    text(WIDTH - RIGHT, at - 6, label, 'end', colour, 12)
  );
}

function text(x: number, y: number, content: string, anchor: string, fill: string, size = 13): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${fill}" font-size="${size}">${content}</text>`;
}
