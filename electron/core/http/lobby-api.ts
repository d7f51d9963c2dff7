import type { PathOf } from '../../contract/endpoints.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Handlers } from './serve-endpoints.ts';

const done = { ok: true as const };

export interface LobbyPorts {
  lobby: Lobby;
  quit(this: void): void;
}

/** What the start screen may do. There is no console yet that could be locked; what changes anything asks for itself. */
export function createLobbyApi({ lobby, quit }: LobbyPorts): Handlers<PathOf<'lobby'>> {
  return {
    'lobby/preview': ({ id }) => lobby.preview(id),
    'lobby/load': (input) => lobby.load(input),
    'lobby/fetch': ({ address }) => lobby.fetch(address),
    'lobby/create': (input) => lobby.create(input),
    'lobby/roster/files': () => lobby.roster.listFiles(),
    'lobby/roster/preview': (input) => lobby.roster.preview(input),
    'lobby/roster/rows': (input) => lobby.roster.rows(input),
    'lobby/try-stream': ({ address }) => lobby.tryStream(address),
    'lobby/open': ({ packageId }) => lobby.open(packageId),
    'lobby/try-session': ({ packageId }) => lobby.tryOut(packageId),
    'lobby/rehearse': () => {
      lobby.rehearse();
      return done;
    },
    'lobby/quit': async ({ pin }) => {
      const answer = await lobby.mayQuit(pin);
      if (answer.ok) quit();
      return answer;
    },
  };
}
