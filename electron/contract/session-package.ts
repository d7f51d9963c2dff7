import { z } from 'zod';
import { HttpUrl, Id, Moment, Name, PublicJwk, Text } from './common.ts';

/**
 * The session package: what a province hands to a venue, as JSON or as a JWS whose payload is this JSON.
 * Unknown fields are refused, so that a misspelt name is found at import and not in the hall.
 */

const Official = z.strictObject({ name: Name, position: Name.optional(), unit: Name.optional() });

/** A unit: a node of a dated tree of any depth; no level is named in code, levels were abolished in 2025 and may be again. */
const Unit = z.strictObject({
  id: Id,
  name: Name,
  parentId: Id.optional(),
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
});
export type Unit = z.infer<typeof Unit>;

/** A summoned delegate on the roster. */
export const RosterPerson = z.strictObject({
  /** Of the province's own lists. It stands in clear in the database of the venue: a citizen, party or telephone number is refused. */
  id: Id,
  name: Name,
  /** Given name where the roster keeps it in a column of its own; otherwise the last word of `name`. */
  givenName: Name.optional(),
  birthYear: z.int().min(1900).max(2030).optional(),
  birthDate: z.iso.date().optional(),
  sex: z.enum(['male', 'female']).optional(),
  position: Name.optional(),
  unitId: Id.optional(),
  /** Citizen number, 12 digits (or an old one, 9). Kept only as a keyed hash and its last 4 digits. */
  citizenNumber: z
    .string()
    .regex(/^(\d{12}|\d{9})$/, '12 digits, or 9 for an old number')
    .optional(),
  /** Party card number, 12 digits (8 on old cards). Kept only as a keyed hash. */
  partyNumber: z
    .string()
    .regex(/^(\d{12}|\d{8})$/, '12 digits, or 8 for an old card')
    .optional(),
  /** Random token on our own badge QR: `BP1|<venue>|<token>`. */
  badge: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/)
    .optional(),
  note: Text.optional(),
});
export type RosterPerson = z.infer<typeof RosterPerson>;

const Topic = z.strictObject({
  title: Name,
  presenter: Name.optional(),
  position: Name.optional(),
  startsAt: Moment.optional(),
  endsAt: Moment.optional(),
});
export type Topic = z.infer<typeof Topic>;

/** One place to fetch the broadcast from; sources are tried in the order given. */
export const StreamSource = z.strictObject({
  id: Id,
  url: HttpUrl,
  label: Name.optional(),
  /** Where the address carries a token that runs out: asked when it is refused (401, 403); answers JSON `{ "url": "…" }`. */
  refreshUrl: HttpUrl.optional(),
});
export type StreamSource = z.infer<typeof StreamSource>;

const SittingPlan = z
  .strictObject({
    id: Id,
    title: Name,
    startsAt: Moment,
    endsAt: Moment,
    /** Sign-in opens then; 60 minutes before the start when absent. */
    opensAt: Moment.optional(),
    /** Minutes after `startsAt` during which an arrival still counts as on time. */
    graceMinutes: z.int().min(0).max(240).default(15),
    /** ENDLIST this many minutes before `endsAt`, or later, closes the sitting without asking. */
    endToleranceMinutes: z.int().min(0).max(600).default(30),
    /** Without ENDLIST, a vanished stream closes the sitting this many minutes after `endsAt`. */
    endGraceMinutes: z.int().min(1).max(600).default(20),
    topics: z.array(Topic).max(50).default([]),
    /** Ordered stream sources; empty where the picture comes from elsewhere (a codec, television). */
    sources: z.array(StreamSource).max(10).default([]),
  })
  .refine((s) => Date.parse(s.endsAt) > Date.parse(s.startsAt), { path: ['endsAt'], error: 'must be after startsAt' })
  .refine((s) => !s.opensAt || Date.parse(s.opensAt) <= Date.parse(s.startsAt), {
    path: ['opensAt'],
    error: 'must not be after startsAt',
  });
export type SittingPlan = z.infer<typeof SittingPlan>;

/** A rendition by what the master playlist says of it. The best that is not above either number is meant; below all, the lowest. */
const CachedRendition = z
  .strictObject({
    /** Lines of the picture (the second number of RESOLUTION). */
    heightPx: z.int().min(90).max(4320).optional(),
    /** BANDWIDTH, bits a second. */
    bandwidth: z.int().min(10_000).max(1_000_000_000).optional(),
  })
  .refine((r) => r.heightPx !== undefined || r.bandwidth !== undefined, 'heightPx or bandwidth is needed');
export type CachedRendition = z.infer<typeof CachedRendition>;

export const Playback = z.strictObject({
  /**
   * Seconds the hall stays behind the edge, so that an outage of about that length is not seen. Up to 120 the stage holds them
   * itself, as far as the origin's window goes; more go through a cache on disk.
   */
  delaySeconds: z.int().min(6).max(600).default(75),
  /**
   * The one rendition that goes through the cache on disk; a lighter one while the line is too slow for it. Absent: the best that the
   * line carries, up to 1080 lines. Without effect up to 120 seconds of delay: then the stage chooses by itself.
   */
  cachedRendition: CachedRendition.optional(),
  /** After an outage longer than the cushion: show everything later (`complete`), or jump forward (`in_step`). */
  afterOutage: z.enum(['complete', 'in_step']).default('complete'),
  /** Common Media Client Data (CTA-5004) on stream requests. */
  cmcd: z.enum(['off', 'query', 'headers']).default('off'),
  /** Language of the sound where the broadcast has several, two letters (ISO 639-1). */
  audioLanguage: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('vi'),
});
export type Playback = z.infer<typeof Playback>;

/** Report formats that can be written here, newest first. */
export const REPORT_FORMATS = ['session-report/2', 'session-report/1'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const Pin = z.string().regex(/^\d{6,10}$/, '6 to 10 digits');

export const SessionPackage = z
  .strictObject({
    format: z.literal('session-package/1'),
    packageId: Id,
    issuedAt: Moment,
    conference: z.strictObject({ id: Id, title: Name, organiser: Name.optional() }),
    venue: z.strictObject({
      id: Id,
      name: Name,
      address: Name.optional(),
      parent: Name.optional(),
      tier: Name.optional(),
    }),
    sittings: z.array(SittingPlan).min(1).max(60),
    playback: Playback.prefault({}),
    roles: z
      .strictObject({
        chair: Official.optional(),
        secretary: Official.optional(),
        technician: Official.optional(),
        supervisors: z.array(Official).max(20).default([]),
      })
      .prefault({}),
    units: z.array(Unit).max(5000).default([]),
    /** Summoned people. Absent: nobody was summoned by name and everyone signs in as a walk-in. */
    roster: z.array(RosterPerson).max(50_000).optional(),
    delivery: z.strictObject({
      /** `none`: a session made on the spot; its reports are sealed and saved by hand, and go nowhere. */
      receiver: z.enum(['province', 'none']).default('province'),
      /** Base address, for a receiver; reports go to `{endpoint}/v1/reports/{reportId}/revisions/{n}`. */
      endpoint: HttpUrl.optional(),
      /** W: the first try is at the end plus a uniform random time in [0, W) seconds, so that 31,000 venues do not arrive at once. */
      windowSeconds: z.number().min(0).max(7200).default(600),
      proxy: HttpUrl.optional(),
      /** PEM of a private certificate authority of the province. */
      certificateAuthority: z.string().startsWith('-----BEGIN CERTIFICATE-----').max(100_000).optional(),
      /** Report formats that the province reads. The newest that this program knows is sent; a province that says nothing is an old one. */
      reportFormats: z
        .array(z.string().regex(/^session-report\/[1-9]\d{0,3}$/, 'a report format, such as "session-report/2"'))
        .min(1)
        .max(20)
        .refine((formats) => formats.some((f) => (REPORT_FORMATS as readonly string[]).includes(f)), {
          error: `none of these formats can be written here; known are ${REPORT_FORMATS.join(', ')}`,
        })
        .default(['session-report/1']),
    }),
    keys: z.strictObject({
      /** Verify receipts: the current key and the next one. At least one for a receiver. */
      receipts: z.array(PublicJwk).max(5).default([]),
      /** Encrypts reports, for a receiver: X25519 or P-256 for ECDH-ES. */
      reports: PublicJwk.refine(
        ({ kty, crv, alg = 'ECDH-ES+A256KW' }) =>
          // "crv" may be anything here, also an object that cannot be written as text.
          typeof crv === 'string' && ['OKP X25519', 'EC P-256'].includes(`${kty} ${crv}`) && alg === 'ECDH-ES+A256KW',
        'a key for ECDH-ES+A256KW: X25519 or P-256',
      ).optional(),
      /** Verify later packages; a first package pins them. */
      packages: z.array(PublicJwk).max(5).default([]),
    }),
    privacy: z.strictObject({
      notice: Text,
      shortNotice: Text.optional(),
      retentionDays: z.int().min(1).max(3650).default(30),
    }),
    document: z
      .strictObject({
        template: z.enum(['party', 'government', 'none']).default('party'),
        parentOrganisation: Name.optional(),
        organisation: Name.optional(),
        /** Place in the date line: "Phường …, ngày …". */
        place: Name.optional(),
        addressee: Name.optional(),
        recipients: z.array(Name).max(20).default([]),
        /** Symbol after the blank number: "BC/ĐU". */
        symbol: Name.optional(),
        signatory: Name.optional(),
      })
      .prefault({}),
    /** PINs that open the console. Absent: the technician sets them at first use. */
    access: z.strictObject({ technicianPin: Pin.optional(), chairPin: Pin.optional() }).prefault({}),
    /** How people are addressed on screen: "đồng chí" at a Party event, "ông/bà" elsewhere. */
    address: z.enum(['dong_chi', 'ong_ba']).default('dong_chi'),
    /** Hotline shown when something is wrong. */
    hotline: Name.optional(),
    /** One line shown at the foot of the stage. */
    stageNotice: Text.optional(),
  })
  .superRefine((p, ctx) => {
    const { receiver, endpoint } = p.delivery;
    const missing = (path: string[], expected: 'string' | 'object') =>
      ctx.addIssue({ code: 'invalid_type', expected, path, input: undefined });
    if (receiver === 'none' && endpoint !== undefined)
      ctx.addIssue({ code: 'custom', path: ['delivery', 'endpoint'], message: 'not with the receiver "none"' });
    if (receiver === 'province') {
      if (endpoint === undefined) missing(['delivery', 'endpoint'], 'string');
      if (p.keys.reports === undefined) missing(['keys', 'reports'], 'object');
      if (p.keys.receipts.length === 0)
        ctx.addIssue({ code: 'too_small', origin: 'array', minimum: 1, path: ['keys', 'receipts'], input: [] });
    }
    const unique = (path: string, ids: string[]) => {
      const seen = new Set<string>();
      ids.forEach((id, i) => {
        if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [path, i, 'id'], message: `"${id}" is used twice` });
        seen.add(id);
      });
      return seen;
    };
    unique(
      'sittings',
      p.sittings.map((s) => s.id),
    );
    const units = unique(
      'units',
      p.units.map((u) => u.id),
    );
    unique(
      'roster',
      (p.roster ?? []).map((r) => r.id),
    );
    p.units.forEach((u, i) => {
      if (u.parentId && !units.has(u.parentId))
        ctx.addIssue({ code: 'custom', path: ['units', i, 'parentId'], message: `no unit "${u.parentId}"` });
    });
    p.roster?.forEach((r, i) => {
      if (r.unitId && !units.has(r.unitId))
        ctx.addIssue({ code: 'custom', path: ['roster', i, 'unitId'], message: `no unit "${r.unitId}"` });
    });
  });
export type SessionPackage = z.infer<typeof SessionPackage>;

/** How far the package can be trusted; the report repeats it. */
export type Provenance = 'signed' | 'signed_first_use' | 'unsigned' | 'rehearsal';
export const Provenance = z.enum(['signed', 'signed_first_use', 'unsigned', 'rehearsal']);
