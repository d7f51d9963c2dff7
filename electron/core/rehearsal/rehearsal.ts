import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SessionPackage } from '../../contract/session-package.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import { createCentral, type Central } from './central.ts';
import { createIntake, type Intake } from './intake.ts';
import { makePracticeRoster } from './practice-roster.ts';

/** PIN of the console in a rehearsal; shown on its lock screen. */
export const PRACTICE_PIN = '246810';
/** The stream has been running for so long when a rehearsal begins, so that the stage has its cushion at once. */
const PREROLL_MS = 120_000;
const START_AFTER_MS = 5_000;
/** A rehearsal whose end is this far past is not taken up again. */
const STALE_AFTER_MS = 10 * 60_000;

export interface RehearsalPlan {
  people: number;
  minutes: number;
  delaySeconds: number;
  windowSeconds: number;
}
export const DEFAULT_REHEARSAL: RehearsalPlan = { people: 300, minutes: 30, delaySeconds: 12, windowSeconds: 10 };

const NO_PORTS = { centralPort: 0, backupPort: 0, intakePort: 0 };

const State = z.object({
  packageId: z.string(),
  beganAt: z.number(),
  plan: z.object({ people: z.number(), minutes: z.number(), delaySeconds: z.number(), windowSeconds: z.number() }),
  centralPort: z.number(),
  backupPort: z.number().default(0),
  intakePort: z.number(),
});
type State = z.infer<typeof State>;

export interface Rehearsal {
  document: SessionPackage;
  digest: string;
  intake: Intake;
  central: Central;
  stop(): Promise<void>;
}

/**
 * Starts, or after a crash takes up again, a rehearsal: a stand-in for the centre and one for the province, on ports
 * that stay the same so that windows still open find them. What the rehearsal is made of follows from a small file and
 * the clock alone.
 */
export async function startRehearsal(options: {
  dir: string;
  mediaDir: string;
  plan: RehearsalPlan;
  now: () => number;
  /** True when the stored rehearsal has been delivered: then a new one begins. */
  finished(packageId: string): boolean;
}): Promise<Rehearsal> {
  mkdirSync(options.dir, { recursive: true });
  const file = path.join(options.dir, 'rehearsal.json');
  const stored = readState(file);
  const now = options.now();
  const usable = stored && now < endOf(stored) + STALE_AFTER_MS && !options.finished(stored.packageId);
  const state: State = usable
    ? stored
    : { packageId: `rehearsal-${randomUUID()}`, beganAt: now, plan: options.plan, ...NO_PORTS };
  const centralAt = (port: number) =>
    createCentral({
      mediaDir: options.mediaDir,
      streamStartsAtMs: state.beganAt - PREROLL_MS,
      endsAtMs: endOf(state),
      port,
      clock: options.now,
    });
  const central = centralAt(state.centralPort);
  // The same programme from another server, as the centre should have it.
  const backup = centralAt(state.backupPort);
  const intake = createIntake({
    dir: path.join(options.dir, 'intake'),
    port: state.intakePort,
    rehearsal: true,
    now: options.now,
  });
  const { port: centralPort, masterUrl } = await central.start();
  const { port: backupPort, masterUrl: backupUrl } = await backup.start();
  const { port: intakePort, endpoint } = await intake.start();
  const ports = { centralPort, backupPort, intakePort };
  // Taken up again on the same ports it is left alone: a full disk must not cut the file off.
  const next: State = { ...state, ...ports };
  if (!usable || JSON.stringify(next) !== JSON.stringify(state))
    writeDurablySync(file, Buffer.from(JSON.stringify(next)));
  const document = buildDocument(state, [masterUrl, backupUrl], endpoint, intake);
  for (const { id, startsAt, endsAt } of document.sittings)
    intake.holdSitting({
      conferenceId: document.conference.id,
      sittingId: id,
      startsAt: Date.parse(startsAt),
      finishedAt: Date.parse(endsAt),
    });
  return {
    document,
    digest: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    central,
    intake,
    stop: async () => {
      await Promise.all([central.stop(), backup.stop(), intake.stop()]);
    },
  };
}

function endOf(state: State): number {
  return state.beganAt + START_AFTER_MS + state.plan.minutes * 60_000;
}

function readState(file: string): State | null {
  try {
    return State.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // None yet, or half-written by a power cut: a rehearsal simply begins again.
    return null;
  }
}

function buildDocument(
  state: State,
  [mainUrl, backupUrl]: [string, string],
  endpoint: string,
  intake: Intake,
): SessionPackage {
  const at = (ms: number) => new Date(ms).toISOString();
  const startsAt = state.beganAt + START_AFTER_MS;
  return SessionPackage.parse({
    format: 'session-package/1',
    packageId: state.packageId,
    issuedAt: at(state.beganAt),
    conference: { id: 'chay-thu', title: 'Hội nghị chạy thử toàn hệ thống', organiser: 'Ban Tổ chức hội nghị' },
    venue: { id: 'CHAYTHU-01', name: 'Điểm cầu phường Tập Dượt', address: 'Hội trường tầng 2' },
    sittings: [
      {
        id: 'buoi-1',
        title: 'Buổi chạy thử',
        opensAt: at(state.beganAt),
        startsAt: at(startsAt),
        endsAt: at(endOf(state)),
        graceMinutes: 15,
        endToleranceMinutes: 5,
        endGraceMinutes: 5,
        topics: [
          { title: 'Kiểm tra hình ảnh và âm thanh', startsAt: at(startsAt) },
          { title: 'Kiểm tra điểm danh và báo cáo', startsAt: at(startsAt + state.plan.minutes * 30_000) },
        ],
        sources: [
          { id: 'chinh', url: mainUrl, label: 'Luồng chạy thử' },
          { id: 'du-phong', url: backupUrl, label: 'Luồng dự phòng chạy thử' },
        ],
      },
    ],
    playback: { delaySeconds: state.plan.delaySeconds },
    roles: {
      chair: { name: 'Người Chủ Trì', position: 'Bí thư Đảng ủy' },
      technician: { name: 'Cán Bộ Kỹ Thuật' },
    },
    ...makePracticeRoster(state.plan.people),
    delivery: {
      endpoint,
      windowSeconds: state.plan.windowSeconds,
      reportFormats: ['session-report/2', 'session-report/1'],
    },
    keys: { receipts: [intake.keys.receiptPublicJwk], reports: intake.keys.reportPublicJwk },
    privacy: {
      notice:
        'Đây là buổi chạy thử. Danh sách là giả định, không phải người thật. Dữ liệu điểm danh chạy thử không được đưa vào báo cáo thật.',
      shortNotice: 'Chạy thử: danh sách giả định, không đưa vào báo cáo thật.',
    },
    document: {
      template: 'party',
      parentOrganisation: 'Đảng bộ tỉnh Tập Dượt',
      organisation: 'Đảng ủy phường Tập Dượt',
      place: 'Phường Tập Dượt',
      addressee: 'Ban Tổ chức hội nghị',
    },
    access: { technicianPin: PRACTICE_PIN, chairPin: PRACTICE_PIN },
  });
}
