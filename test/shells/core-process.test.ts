import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { spawnCore } from '../../electron/shells/core-process.ts';

test('the core keeps little room for new objects, and has threads for drives that never answer', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-core-process-'));
  const script = path.join(dir, 'say.mjs');
  // The room for new objects grows to its limit when much is made that lives for a while.
  writeFileSync(
    script,
    `import v8 from 'node:v8';
     let kept = [];
     for (let i = 0; i < 3e6; i++) { kept.push({ i }); if (kept.length > 3e5) kept = []; }
     const space = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
     process.send({ megabytes: space.space_size / 2 ** 20, threads: process.env.UV_THREADPOOL_SIZE });`,
  );
  try {
    const core = spawnCore(process.execPath, script);
    const said = await new Promise<unknown>((resolve) => core.onMessage(resolve));
    core.kill();
    expect(said).toEqual({ megabytes: expect.any(Number), threads: '32' });
    expect((said as { megabytes: number }).megabytes).toBeLessThanOrEqual(8);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
