import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SessionReport } from '../../electron/contract/report.ts';

export const REPORT_SCHEMA_FILE = path.join(
  import.meta.dirname,
  '../../electron/core/delivery/session-report.schema.json',
);

/** The published JSON Schema of a report, made from the schema that the kiosk itself uses. */
export function reportJsonSchema(): object {
  const schema = z.toJSONSchema(SessionReport, { target: 'draft-2020-12' });
  return { ...schema, title: 'SessionReport', description: 'Session report of one sitting, format session-report/1.' };
}

// `node test/support/report-schema.ts` writes the file after a change of the contract.
if (process.argv[1] === import.meta.filename)
  writeFileSync(REPORT_SCHEMA_FILE, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
