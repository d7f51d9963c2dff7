import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Settings that no flag reaches; without the first a "Vietnamese | English" bubble covers the window after seconds. */
const PREFERENCES = {
  translate: { enabled: false },
  intl: { accept_languages: 'vi,en', selected_languages: 'vi,en' },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, exit_type: 'Normal' },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { check_default_browser: false },
  safebrowsing: { enabled: false },
};

/** Makes the profile folder (0700) and writes our settings into it, keeping the browser's own. Call before each launch. */
export async function prepareProfile(folder: string): Promise<void> {
  const file = path.join(folder, 'Default', 'Preferences');
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  let known: Record<string, unknown> = {};
  try {
    known = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch {
    // Absent, or cut off by a power failure: the browser makes a new one.
  }
  for (const [key, value] of Object.entries(PREFERENCES)) {
    const old = known[key];
    known[key] = typeof value === 'object' && typeof old === 'object' && old !== null ? { ...old, ...value } : value;
  }
  await writeFile(file, JSON.stringify(known));
}
