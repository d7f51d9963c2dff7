import { z } from 'zod';

/** Small pictures of the stage, for the console. */

/** A small JPEG of the stage, base64. */
export const PreviewInput = z.strictObject({ jpeg: z.base64().max(60_000) });
/** The newest picture and when it was taken; `jpeg` null until the stage has sent one. */
export type PreviewAnswer = { ok: true; jpeg: string | null; at: number | null };
