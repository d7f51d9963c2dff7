import type { Path } from '../contract/endpoints.ts';
import type { WindowRole } from '../contract/shell.ts';

/** Where an endpoint lies on the core: `desk/search` → `/desk/api/search`. */
export function urlOf(path: Path): string {
  const { window, name } = splitPath(path);
  return `/${window}/api/${name}`;
}

/** The window an endpoint belongs to, and its path under that window's `api/`. */
export function splitPath(path: Path): { window: WindowRole; name: string } {
  const [window, ...rest] = path.split('/');
  return { window: window as WindowRole, name: rest.join('/') };
}
