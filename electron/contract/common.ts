import { z } from 'zod';

/** A moment as ISO 8601 with an offset or Z; inside the core moments are epoch milliseconds. */
export const Moment = z.iso.datetime({ offset: true });

/** An identifier chosen by the province or by us: letters, digits, dot, dash, underscore; at most 80 characters. */
export const Id = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'only letters, digits, dot, dash and underscore');

/** A stored sitting: named by package and plan, each up to 80 characters. */
export const SittingId = z.string().min(1).max(170);

/** A person's or a thing's name in NFC with single spaces; half a character becomes U+FFFD. */
export const Name = z
  .string()
  .transform((s) =>
    s
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\s\u00a0]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().min(1).max(300));

/** Longer text in NFC. */
export const Text = z
  .string()
  .max(20_000)
  .transform((s) => s.toWellFormed().normalize('NFC').trim());

export const HttpUrl = z.url({ protocol: /^https?$/, error: 'an http or https address' });

/** A public JSON Web Key; a private part is refused so that no secret travels in a package. */
export const PublicJwk = z
  .looseObject({ kty: z.enum(['OKP', 'EC', 'RSA']), kid: z.string().max(200).optional(), alg: z.string().optional() })
  .refine((key) => !('d' in key), 'a public key, without its private part "d"');
export type PublicJwk = z.infer<typeof PublicJwk>;

export const SHA256_HEX = /^[0-9a-f]{64}$/;
export const Sha256Hex = z.string().regex(SHA256_HEX);
