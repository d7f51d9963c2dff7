import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Reports } from '../hall/reports.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type SupportPath = Extract<PathOf<'console'>, `console/support/${string}`>;

export interface SupportPorts {
  hall: Pick<Hall, 'session' | 'shownNow'>;
  access: Pick<Access, 'role'>;
  actions: Actions;
  reports: Pick<Reports, 'saveFile'>;
  makeSupportFile(): Promise<Uint8Array>;
}

/** The support file, saved to a place that the technician chooses. */
export function createConsoleSupportApi(ports: SupportPorts): Handlers<SupportPath> {
  const { hall, access, actions, reports } = ports;
  let isBusy = false;
  return {
    'console/support/save': async ({ placeId }) => {
      if (access.role !== 'technician') return { ok: false, error: 'technician_only' };
      if (isBusy) return { ok: false, error: 'busy' };
      isBusy = true;
      try {
        const bytes = await ports.makeSupportFile();
        const saved = await reports.saveFile(placeId, nameOf(hall), bytes);
        actions.note('save_support', { ok: saved.ok });
        return saved.ok ? { ...saved, sizeBytes: bytes.length } : saved;
      } finally {
        isBusy = false;
      }
    },
  };
}

function nameOf(hall: SupportPorts['hall']): string {
  const { document, provenance } = hall.session;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(hall.shownNow());
  return `${provenance === 'rehearsal' ? 'CHAY-THU_' : ''}goi-ho-tro_${document.venue.id}_${day}.zip`;
}
