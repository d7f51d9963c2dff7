/** One numbered step of the schema. Written once, never edited after a release. */
export interface Migration {
  id: number;
  name: string;
  sql: string;
}
