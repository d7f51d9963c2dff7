import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SessionReport1 } from '../../electron/contract/report-1.ts';
import { SessionReport } from '../../electron/contract/report.ts';

const fileOf = (version: number): string =>
  path.join(import.meta.dirname, `../../electron/core/delivery/session-report-${version}.schema.json`);

function schemaOf(version: number, schema: z.ZodType): object {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  const description = `Session report of one sitting, format session-report/${version}.`;
  return { ...made, title: `SessionReport${version}`, description };
}

/** The published JSON Schemas of a report, made from the schemas that the kiosk itself uses. */
export const REPORT_SCHEMAS: readonly { file: string; schema: object }[] = [
  { file: fileOf(1), schema: schemaOf(1, SessionReport1) },
  { file: fileOf(2), schema: schemaOf(2, SessionReport) },
];

// `node test/support/report-schema.ts` writes the files after a change of the contract.
if (process.argv[1] === import.meta.filename)
  for (const { file, schema } of REPORT_SCHEMAS) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
