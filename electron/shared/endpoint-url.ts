import type { Path } from '../contract/endpoints.ts';

/** Where an endpoint lies on the core: `desk/search` → `/desk/api/search`. */
export function urlOf(path: Path): string {
  const { window, name } = splitPath(path);
  return `/${window}/api/${name}`;
}

/** The window an endpoint belongs to, and its path under that window's `api/`. */
export function splitPath(path: Path): { window: 'stage' | 'desk' | 'console'; name: string } {
  const [window, ...rest] = path.split('/');
  return { window: window as 'stage' | 'desk' | 'console', name: rest.join('/') };
}
