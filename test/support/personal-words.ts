import type { SessionPackage } from '../../electron/contract/session-package.ts';
import type { CoreWorld } from './with-core.ts';

const SITTING = 'hn-2026-thu/sang';

/** Invented words that occur nowhere else, one for each kind of personal data and the way it comes in. */
export const PERSONAL_WORDS = {
  rosterName: 'Tạ Bạch Yến Mẫu',
  rosterGiven: 'Yến Canh',
  rosterPosition: 'Phó ban Kiến Cánh',
  rosterNote: 'ghi chú chim sẻ',
  rosterBirthDate: '1971-03-29',
  citizenNumber: '001171998877',
  partyNumber: '998877665544',
  badge: 'BPCHIMYEN77',
  chairName: 'Lã Hoàng Anh Mẫu',
  chairPosition: 'Chủ tịch Chào Mào',
  secretaryName: 'Ông Sáo Sậu Mẫu',
  technicianName: 'Cù Kỹ Thuật Mẫu',
  supervisorName: 'Đoàn Giám Sát Mẫu',
  supervisorUnit: 'Ban Chích Choè',
  signatory: 'Người Ký Mẫu Vịt',
  technicianPin: '83649271',
  walkInName: 'Khách Vãng Lai Cò',
  walkInPosition: 'Trưởng thôn Bìm Bịp',
  walkInNote: 'ghi chú chim cu gáy',
  walkInUnit: 'Chi bộ Sơn Ca Lạ',
  guestName: 'Khách Mời Diệc',
  substituteName: 'Dự Thay Cuốc',
  excuseReason: 'ốm nặng cúm gia cầm',
  leftReason: 'về sớm vì bồ câu',
  undoReason: 'nhầm người chim ri',
  remarks: 'góp ý của đồng chí Vạc',
  signOffName: 'Xác Nhận Bồ Nông',
  signOffPosition: 'Bí thư Hải Âu',
  amendReason: 'sửa tên ông Chìa Vôi',
  amendAuthor: 'Người Sửa Cà Kheo',
  scannedCard: '001199001122',
  searched: 'gõ tên đại bàng',
  sittingTitle: 'Buổi của đồng chí Thiên Nga',
  topicTitle: 'Chuyên đề ông Én giảng',
  topicPresenter: 'Giảng Viên Phượng Hoàng',
  topicPosition: 'Vụ trưởng Chim Ưng',
  hotline: 'Anh Gõ Kiến 0977123888',
  stageNotice: 'Gọi chị Hoàng Yến khi cần',
  privacyNotice: 'Hỏi chị Vành Khuyên 0977123999',
  addressee: 'Kính gửi đồng chí Quạ Khoang',
  recipient: 'Lưu: đồng chí Cú Mèo',
  sourceLabel: 'Nguồn của anh Le Le',
  rollCallTitle: 'Lượt do anh Ngỗng Trời gọi',
  cancelReason: 'anh Cắt bấm nhầm',
  headCountReason: 'thiếu bà Hạc ra ngoài',
  reopenReason: 'chị Công nói tiếp',
  hallNotice: 'Mời ông Trĩ về chỗ',
  returnReason: 'Sai tên đồng chí Gà Lôi',
} as const;

/** A package of one sitting with the words that come in with it. */
export function withPersonalWords(document: SessionPackage): SessionPackage {
  const w = PERSONAL_WORDS;
  return {
    ...document,
    roles: {
      chair: { name: w.chairName, position: w.chairPosition },
      secretary: { name: w.secretaryName },
      technician: { name: w.technicianName },
      supervisors: [{ name: w.supervisorName, unit: w.supervisorUnit }],
    },
    document: {
      ...document.document,
      signatory: w.signatory,
      addressee: w.addressee,
      recipients: [w.recipient],
    },
    hotline: w.hotline,
    stageNotice: w.stageNotice,
    privacy: { ...document.privacy, notice: w.privacyNotice },
    sittings: document.sittings.map((plan) => ({
      ...plan,
      title: w.sittingTitle,
      topics: [{ title: w.topicTitle, presenter: w.topicPresenter, position: w.topicPosition }],
      sources: plan.sources.map((source) => ({ ...source, label: w.sourceLabel })),
    })),
    access: { technicianPin: w.technicianPin },
    roster: document.roster!.map((person, i) =>
      i === 0
        ? {
            ...person,
            name: w.rosterName,
            givenName: w.rosterGiven,
            position: w.rosterPosition,
            note: w.rosterNote,
            birthDate: w.rosterBirthDate,
            citizenNumber: w.citizenNumber,
            partyNumber: w.partyNumber,
            badge: w.badge,
          }
        : person,
    ),
  };
}

/** Enters the words that people enter, as a hall would, up to a report that was returned, amended and delivered again. */
export async function enterPersonalWords(world: CoreWorld): Promise<void> {
  const w = PERSONAL_WORDS;
  const people = world.document.roster!.map(({ id }) => id);
  const must = async (what: string, answer: Promise<{ ok: boolean }>): Promise<void> => {
    const said = await answer;
    if (!said.ok) throw new Error(`${what}: ${JSON.stringify(said)}`);
  };
  await must('unlock', world.ask('console/unlock', { pin: w.technicianPin, role: 'technician' }));
  await must('search', world.ask('desk/search', { sittingId: SITTING, query: w.searched }));
  await world.ask('desk/scan', { sittingId: SITTING, raw: `${w.scannedCard}||Thẻ Lạ|01011990|Nam||01012021` });
  for (const personId of people.slice(0, 3))
    await must('sign-in', world.ask('desk/sign-in', { sittingId: SITTING, personId, method: 'list' }));
  const add = (person: Record<string, unknown>) =>
    world.ask('console/people/add', { sittingId: SITTING, ...person } as never) as Promise<{ ok: boolean }>;
  await must(
    'walk-in',
    add({
      kind: 'walk_in',
      name: w.walkInName,
      position: w.walkInPosition,
      note: w.walkInNote,
      unitName: w.walkInUnit,
      notDuplicate: true,
    }),
  );
  await must('guest', add({ kind: 'guest', name: w.guestName, notDuplicate: true }));
  await must(
    'substitute',
    add({ kind: 'substitute', name: w.substituteName, notDuplicate: true, substituteFor: people[5] }),
  );
  await must(
    'excuse',
    world.ask('console/people/excuse', { sittingId: SITTING, personIds: [people[4]!], reason: w.excuseReason }),
  );
  await must(
    'left',
    world.ask('console/people/left', { sittingId: SITTING, personId: people[1]!, reason: w.leftReason }),
  );
  await must('notice', world.ask('console/notice', { sittingId: world.sittingId, text: w.hallNotice }));
  for (const title of [w.rollCallTitle, 'Lượt nhầm'])
    await must('roll call', world.ask('console/people/roll-call/open', { sittingId: SITTING, title }));
  const wrong = world.store.attendance.listRollCalls(SITTING).at(-1)!.id;
  await must(
    'cancelled',
    world.ask('console/people/roll-call/cancel', { sittingId: SITTING, rollCallId: wrong, reason: w.cancelReason }),
  );
  await must(
    'head-count',
    world.ask('console/people/head-count', { sittingId: SITTING, counted: 1, reason: w.headCountReason }),
  );
  await must('remarks', world.ask('console/report/remarks', { sittingId: SITTING, text: w.remarks }));
  await must(
    'sign-off',
    world.ask('console/report/sign-off', {
      sittingId: SITTING,
      name: w.signOffName,
      position: w.signOffPosition,
      pin: w.technicianPin,
    }),
  );
  await must('end', world.ask('console/end-sitting', { sittingId: SITTING }));
  await must('go on', world.ask('console/reopen-sitting', { sittingId: SITTING, reason: w.reopenReason }));
  await must('end again', world.ask('console/end-sitting', { sittingId: SITTING }));
  const isDelivered = () => world.store.sittings.getSitting(SITTING)?.state === 'delivered';
  await world.until('delivered', isDelivered, 20_000);
  const { reportId } = world.store.sittings.getSitting(SITTING)!;
  await world.intake.askReturn(reportId, w.returnReason);
  await must('returned', world.ask('console/report/ask-province', { sittingId: SITTING }));
  await must('amend', world.ask('console/report/amend', { sittingId: SITTING }));
  await must(
    'undo',
    world.ask('console/people/undo', { sittingId: SITTING, personId: people[2]!, reason: w.undoReason }),
  );
  await must(
    'amendment',
    world.ask('console/report/amend/seal', { sittingId: SITTING, reason: w.amendReason, author: w.amendAuthor }),
  );
  const revision = world.store.reports.getLastRevision(reportId);
  await must('send', world.ask('console/send-now', { reportId, revision }));
  await world.until('delivered again', isDelivered, 20_000);
}
