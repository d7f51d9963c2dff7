import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ConsoleOpenView, ConsoleView, DeskView, SittingView, StageView } from '../../electron/contract/api.ts';
import type { ArrivalSteps } from '../../electron/contract/api-attendance.ts';
import type { Totals } from '../../electron/contract/attendance.ts';
import type { Path } from '../../electron/contract/endpoints.ts';
import { CANNED, type Answer } from './fake-core-answers.ts';

/** The windows' own test bed: serves the built pages, pushes the views it is given, and gives canned answers. */
export interface FakeCore {
  url: string;
  /** Merges into a window's view and pushes it. */
  stage(change: Partial<StageView>): void;
  desk(change: Partial<DeskView>): void;
  console(change: Partial<ConsoleView>): void;
  /** Replaces the answer to a call; null drops the connection, as a dead core does. */
  answer<P extends Path>(path: P, answer: Answer<P>): void;
  /** What the windows sent, oldest first. */
  calls: { role: string; name: string; input: unknown }[];
  /** The core's clock less this machine's, from the next push on. */
  clockOffsetMs: number;
  /** Ends every event stream and refuses new ones until called with true. */
  listening(on: boolean): void;
  stop(): Promise<void>;
}

const NOTICE =
  'Đảng ủy phường Thử Nghiệm ghi nhận việc tham dự hội nghị của đồng chí để điểm danh và báo cáo cấp trên.\n' +
  'Dữ liệu gồm: họ tên, năm sinh, đơn vị, chức vụ, thời điểm có mặt. Máy không lưu ảnh và không lưu đầy đủ số căn cước.\n' +
  'Thời gian lưu trên máy: 30 ngày sau khi báo cáo được tiếp nhận.\n' +
  'Đồng chí có quyền xem, đề nghị sửa, xóa hoặc phản đối. Đồng chí không muốn quét thẻ có thể tìm theo tên hoặc báo thư ký.';

const minutes = (n: number): number => n * 60_000;

export function createTotals(change: Partial<Totals> = {}): Totals {
  return {
    summoned: 300,
    present: 123,
    onTime: 117,
    late: 6,
    leftEarly: 0,
    substituted: 0,
    absentExcused: 0,
    absentUnexcused: 0,
    awaited: 177,
    walkIns: 4,
    guests: 2,
    substitutes: 3,
    supervisors: 1,
    came: 133,
    inHall: 133,
    ...change,
  };
}

/** Arrivals as they are before a sitting: few, many, few. */
export function createArrivals(now: number, people: number): ArrivalSteps {
  const weights = [1, 2, 4, 9, 14, 18, 12, 6, 3, 1, 1, 0];
  const whole = weights.reduce((sum, w) => sum + w, 0);
  const counts = weights.map((w) => Math.floor((people * w) / whole));
  counts[5]! += people - counts.reduce((sum, n) => sum + n, 0);
  const stepMs = minutes(5);
  return { from: Math.floor((now - minutes(55)) / stepMs) * stepMs, stepMs, counts, later: 0 };
}

export function createOpenView(now: number, change: Partial<ConsoleOpenView> = {}): ConsoleOpenView {
  return {
    provenance: 'rehearsal',
    packageKeyId: null,
    sittings: [createSitting(now)],
    halls: [
      {
        sittingId: 's1',
        totals: createTotals(),
        arrivals: createArrivals(now, 133),
        units: Array.from({ length: 12 }, (_, i) => ({
          unitId: `u${i + 1}`,
          unitName: `Chi bộ Tổ dân phố số ${i + 1}`,
          ...createTotals({
            summoned: 25,
            present: 6 + i,
            late: i % 3,
            onTime: 6 + i - (i % 3),
            awaited: 19 - i,
            walkIns: 0,
          }),
        })),
        rollCalls: [],
        headCount: null,
        supervisors: [],
      },
    ],
    reports: [
      {
        sittingId: 's1',
        reportId: '0190b5a2-1111-7222-8333-a1b2c3d4e5f6',
        title: 'Buổi sáng',
        state: 'open',
        lastRevision: 0,
        returnReason: null,
        signedOffAt: null,
      },
    ],
    source: {
      health: 'live',
      host: 'phat-song.vi-du.vn',
      lastAdvanceAt: now,
      lastFailure: null,
      cause: null,
      seen: 'agrees',
      missing: [],
    },
    stage: {
      connected: true,
      state: 'playing',
      delayS: 75.4,
      bufferS: 68,
      heightPx: 720,
      muted: false,
      audioLevel: 0.42,
      alarms: [],
      sourceId: 'main',
    },
    hallSettings: {
      volume: 100,
      muted: false,
      sources: [
        { id: 'main', host: 'phat-song.vi-du.vn' },
        { id: 'backup', host: 'du-phong.vi-du.vn' },
      ],
      chosen: null,
    },
    evidence: null,
    interruption: null,
    earlyEnd: null,
    delivery: [],
    clockOffsetMs: 120,
    displays: 2,
    notice: null,
    soundTestedAt: null,
    logHead: 'a1b2c3d4',
    ...change,
  };
}

export function createSitting(now: number, change: Partial<SittingView> = {}): SittingView {
  return {
    id: 's1',
    title: 'Buổi sáng',
    state: 'open',
    opensAt: now - minutes(30),
    startsAt: now + minutes(12),
    endsAt: now + minutes(200),
    ending: false,
    endedAt: null,
    endedBy: null,
    ...change,
  };
}

interface Views {
  stage: StageView;
  desk: DeskView;
  console: ConsoleView;
}

function createViews(): Views {
  const now = Date.now();
  const common = {
    now,
    rehearsal: false,
    conference: 'Hội nghị trực tuyến toàn quốc nghiên cứu, học tập, quán triệt Nghị quyết của Đảng',
    organiser: 'Ban Bí thư Trung ương Đảng',
    venue: { id: 'thu-nghiem-01', name: 'Hội trường phường Thử Nghiệm' },
    address: 'dong_chi' as const,
    hotline: '0123 456 789',
    sitting: createSitting(now),
    identifyUntil: null,
    language: 'vi' as const,
  };
  return {
    stage: {
      ...common,
      scene: 'countdown',
      sources: [],
      delaySeconds: 75,
      audioLanguage: 'vi',
      afterOutage: 'complete',
      cmcd: 'off',
      cmcdSessionId: 'c1',
      notice: null,
      sound: { deviceId: null, deviceLabel: null, testToneAt: null, volume: 100, muted: false },
      preview: false,
      backToLive: 0,
      topic: null,
      nextSitting: null,
      source: 'waiting',
      displays: 2,
      helpAskedAt: null,
    },
    desk: {
      ...common,
      largeLetters: false,
      readAloud: false,
      open: true,
      opensAt: null,
      signedIn: 123,
      summoned: 300,
      hasRoster: true,
      shortNotice: null,
      notice: NOTICE,
      displays: 2,
      rollCall: null,
      helpAskedAt: null,
    },
    console: {
      ...common,
      locked: true,
      pinMissing: false,
      practicePin: null,
      role: null,
      lockedOutForMs: 0,
      open: null,
    },
  };
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
/** What the core sends too, so that a window that would break under it breaks here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'";

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

/** Starts the bed on a free loopback port over a built `dist/renderer`. */
export async function startFakeCore(
  rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer'),
): Promise<FakeCore> {
  const views = createViews();
  const streams = new Set<{ role: keyof Views; response: ServerResponse }>();
  const calls: FakeCore['calls'] = [];
  let listening = true;
  const answers = new Map<string, unknown>(Object.entries(CANNED));

  const send = (role: keyof Views, response: ServerResponse): void => {
    response.write(
      `event: view\ndata: ${JSON.stringify({ ...views[role], now: Date.now() + core.clockOffsetMs })}\n\n`,
    );
  };
  const push = (role: keyof Views): void => {
    for (const stream of streams) if (stream.role === role) send(role, stream.response);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://core');
    const [, role = '', kind = '', ...rest] = url.pathname.split('/');
    const name = rest.join('/');
    const endpoint = `${role}/${name}`;
    if (kind === 'api' && name === 'events') {
      if (!listening) return void response.destroy();
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const stream = { role: role as keyof Views, response };
      streams.add(stream);
      response.on('close', () => streams.delete(stream));
      return send(stream.role, response);
    }
    // As the core's relay hands the stream on: the answer with the address that it came from.
    if (kind === 'api' && name === 'stream') {
      const came = await fetch(url.searchParams.get('url') ?? '');
      const type = came.headers.get('content-type') ?? 'application/octet-stream';
      response.writeHead(came.status, { 'content-type': type, 'x-final-url': came.url });
      return void response.end(Buffer.from(await came.arrayBuffer()));
    }
    if (kind === 'api') {
      const input = await readJson(request);
      calls.push({ role, name, input });
      const canned = answers.get(endpoint) ?? { ok: true };
      const answer: unknown = typeof canned === 'function' ? (canned as (i: unknown) => unknown)(input) : canned;
      if (answer === null || answers.get(endpoint) === null) return void response.destroy();
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify(answer));
    }
    const file =
      role === 'assets' ? path.join('assets', path.basename(url.pathname)) : `${path.basename(role)}/index.html`;
    const body = await readFile(path.join(rendererDir, file)).catch(() => null);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    });
    response.end(body);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const change = <R extends keyof Views>(role: R, part: Partial<Views[R]>): void => {
    Object.assign(views[role], part);
    push(role);
  };
  const core: FakeCore = {
    clockOffsetMs: 0,
    url: `http://127.0.0.1:${port}`,
    stage: (part) => change('stage', part),
    desk: (part) => change('desk', part),
    console: (part) => change('console', part),
    answer: (endpoint, answer) => void answers.set(endpoint, answer),
    calls,
    listening(on) {
      listening = on;
      if (!on) for (const stream of streams) stream.response.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return core;
}
