/**
 * Draws the application's icon: `node build/icons.mjs` writes build/icons/icon.png (512 px) and icon.ico (16 … 256 px).
 * A screen with a check mark. The result is committed; run this only to change the picture.
 */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const out = path.resolve(import.meta.dirname, 'icons');
/** Side of the drawing's own coordinates. */
const SIDE = 512;
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];

// Signed distances: negative inside.
const box = (x, y, [cx, cy, w, h], r) => {
  const dx = Math.abs(x - cx) - w / 2 + r;
  const dy = Math.abs(y - cy) - h / 2 + r;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};
const line = (x, y, [ax, ay], [bx, by], width) => {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - width / 2;
};

const mix = (a, b, t) => a.map((v, i) => v + (b[i] - v) * t);

/** Shapes from back to front, each with its distance and colour. */
const SHAPES = [
  {
    distance: (x, y) => box(x, y, [256, 256, 480, 480], 104),
    colour: (y) => mix([22, 60, 122], [9, 26, 60], y / SIDE),
  },
  { distance: (x, y) => box(x, y, [256, 380, 26, 76], 4), colour: () => [185, 203, 238] },
  { distance: (x, y) => box(x, y, [256, 414, 152, 22], 11), colour: () => [185, 203, 238] },
  { distance: (x, y) => box(x, y, [256, 226, 352, 248], 34), colour: () => [255, 255, 255] },
  { distance: (x, y) => box(x, y, [256, 226, 308, 204], 16), colour: (y) => mix([16, 46, 98], [10, 31, 68], y / SIDE) },
  {
    distance: (x, y) => Math.min(line(x, y, [178, 230], [234, 284], 40), line(x, y, [234, 284], [338, 170], 40)),
    colour: () => [244, 201, 93],
  },
];

/** RGBA pixels of the drawing at `size`, each shape's edge blended over one pixel. */
function draw(size) {
  const pixels = Buffer.alloc(size * size * 4);
  const scale = SIDE / size;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const [x, y] = [(column + 0.5) * scale, (row + 0.5) * scale];
      let colour = [0, 0, 0];
      let alpha = 0;
      for (const shape of SHAPES) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape.distance(x, y) / scale));
        if (cover === 0) continue;
        const total = cover + alpha * (1 - cover);
        colour = mix(colour, shape.colour(y), cover / total);
        alpha = total;
      }
      pixels.set([...colour.map(Math.round), Math.round(alpha * 255)], (row * size + column) * 4);
    }
  return pixels;
}

function chunk(type, data) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(zlib.crc32(data, zlib.crc32(Buffer.from(type, 'latin1'))), 0);
  return Buffer.concat([head, data, sum]);
}

/** PNG, 8 bits, RGBA (ISO/IEC 15948). */
function png(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const pixels = draw(size);
  const rows = Array.from({ length: size }, (_, i) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(i * size * 4, (i + 1) * size * 4)]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Windows icon of PNG pictures, which Windows Vista and later read. A side of 256 is written as 0. */
function ico(sizes) {
  const pictures = sizes.map(png);
  const head = Buffer.from([0, 0, 1, 0, sizes.length, 0]);
  let offset = head.length + 16 * sizes.length;
  const entries = sizes.map((size, i) => {
    const entry = Buffer.alloc(16);
    entry.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0]);
    entry.writeUInt32LE(pictures[i].length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += pictures[i].length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures]);
}

fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'icon.png'), png(SIDE));
fs.writeFileSync(path.join(out, 'icon.ico'), ico(ICO_SIZES));
