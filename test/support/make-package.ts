import { SessionPackage } from '../../electron/contract/session-package.ts';
import { makePracticeRoster } from '../../electron/core/rehearsal/practice-roster.ts';
import type { Intake } from '../../electron/core/rehearsal/intake.ts';

/** A real (not rehearsal) package for tests; `people` invented delegates, one sitting around `now`. */
export function makePackage(
  intake: Pick<Intake, 'keys'>,
  endpoint: string,
  options: {
    now?: number;
    people?: number;
    sources?: { id: string; url: string }[];
    overrides?: Record<string, unknown>;
    sitting?: Record<string, unknown>;
  } = {},
): SessionPackage {
  const now = options.now ?? Date.now();
  const at = (ms: number) => new Date(ms).toISOString();
  return SessionPackage.parse({
    format: 'session-package/1',
    packageId: 'hn-2026-thu',
    issuedAt: at(now - 3_600_000),
    conference: { id: 'hn-2026', title: 'Hội nghị học tập nghị quyết' },
    venue: { id: 'PX-001', name: 'Điểm cầu phường Đồng Xuân' },
    sittings: [
      {
        id: 'sang',
        title: 'Buổi sáng',
        opensAt: at(now - 60_000),
        startsAt: at(now),
        endsAt: at(now + 4 * 3_600_000),
        sources: options.sources ?? [],
        ...options.sitting,
      },
    ],
    ...makePracticeRoster(options.people ?? 20),
    delivery: { endpoint, windowSeconds: 0, reportFormats: ['session-report/2', 'session-report/1'] },
    keys: { receipts: [intake.keys.receiptPublicJwk], reports: intake.keys.reportPublicJwk },
    privacy: { notice: 'Thông tin điểm danh chỉ dùng để báo cáo.' },
    access: { technicianPin: '123456' },
    ...options.overrides,
  });
}
