import type { Origin } from './origin.ts';
import type { Row } from './row.ts';
import { buildCentreRows } from './rows-centre.ts';
import { buildCacheRows } from './rows-cache.ts';
import { buildEndRows } from './rows-end.ts';
import { buildEncoderRows } from './rows-encoders.ts';
import { buildListRows } from './rows-lists.ts';
import { LINE_ROWS } from './rows-line.ts';
import { buildMediaRows } from './rows-media.ts';
import { buildChangeRows } from './rows-change.ts';
import { buildSoakRows } from './rows-soak.ts';
import { buildSourceRows } from './rows-source.ts';

/**
 * All rows, fresh for each run: some remember what they did. `origin` is asked only while the row runs.
 * 1-50 are the matrix of faults known from the field; from 101 on, what it does not list.
 */
export function buildRows(origin: () => Origin): Row[] {
  return [
    ...LINE_ROWS,
    ...buildMediaRows(),
    ...buildSourceRows(origin),
    ...buildSoakRows(origin),
    ...buildEncoderRows(origin),
    ...buildCentreRows(origin),
    ...buildEndRows(origin),
    ...buildListRows(origin),
    ...buildChangeRows(),
    ...buildCacheRows(),
  ].sort((a, b) => a.row - b.row);
}
