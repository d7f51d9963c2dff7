import path from 'node:path';
import type { Page } from '@playwright/test';
import { Origin } from '../faults/origin.ts';
import { expect, test } from '../support/window-test.ts';
import { withCore, type CoreWorld, type CoreWorldOptions } from '../support/with-core.ts';

/** The console's hand on the hall's picture and sound: a real core, a real stream, the stage's own video element. */

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');

interface Hall {
  world: CoreWorld;
  origins: [Origin, Origin];
  stage: Page;
}

/** Two sources on servers of their own; the stage plays, and the console is open at “Hình và tiếng”. */
async function withHall(page: Page, body: (hall: Hall) => Promise<void>): Promise<void> {
  const origins = [0, 1].map(() => new Origin({ windowS: 60, ageS: 600, list: { single: true } })) as [Origin, Origin];
  await Promise.all(origins.map((origin) => origin.start()));
  const sources = origins.map((origin, i) => ({ id: `nguon-${i + 1}`, url: `${origin.base('a')}/master.m3u8` }));
  try {
    const options: CoreWorldOptions = {
      people: 3,
      rendererDir: RENDERER,
      sources,
      package: (document) => ({ ...document, playback: { ...document.playback, delaySeconds: 8 } }),
    };
    await withCore(options, async (world) => {
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      const open = async (target: Page, role: 'stage' | 'console'): Promise<void> => {
        await page
          .context()
          .addCookies([{ name: 'kiosk_token', value: world.tokens[role], domain: '127.0.0.1', path: `/${role}/` }]);
        await target.goto(`${world.origin}/${role}/`);
      };
      const stage = await page.context().newPage();
      await open(stage, 'stage');
      await expect(stage.getByTestId('slate')).toBeHidden({ timeout: 60_000 });
      await open(page, 'console');
      await page.getByRole('button', { name: 'Hình và tiếng' }).click();
      await body({ world, origins, stage });
      await stage.close();
    });
  } finally {
    await Promise.all(origins.map((origin) => origin.stop()));
  }
}

/** The video that the hall sees: the one on top. */
const onTop = (stage: Page) =>
  stage.evaluate(() => {
    const video = [...document.querySelectorAll('video')].findLast((each) => each.style.zIndex === '1');
    return video ? { volume: Math.round(video.volume * 100), muted: video.muted, width: video.videoWidth } : null;
  });

/** A picture in a grid of 16 by 9: how light each square is. */
async function lightOf(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluate((element) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 16, height: 9 });
    const pen = canvas.getContext('2d')!;
    pen.drawImage(element as HTMLImageElement | HTMLVideoElement, 0, 0, 16, 9);
    const { data } = pen.getImageData(0, 0, 16, 9);
    return Array.from({ length: 144 }, (_, i) => (data[i * 4]! + data[i * 4 + 1]! + data[i * 4 + 2]!) / 3);
  });
}

test.beforeEach(() => test.setTimeout(180_000));

test('the console shows a small picture of what the hall sees, and the stage sends none when nobody looks', async ({
  page,
}) => {
  await withHall(page, async ({ stage }) => {
    const sent: number[] = [];
    stage.on('request', (request) => {
      if (request.url().endsWith('/api/preview')) sent.push(Date.now());
    });
    const picture = page.getByAltText('Hình hội trường đang thấy');
    await expect(picture).toBeVisible({ timeout: 15_000 });
    // The same picture: no square of it is far from that of the video, and it is no plain ground.
    await expect
      .poll(
        async () => {
          const seen = await lightOf(page, '.stage-preview img');
          const shown = await lightOf(stage, '.picture video[style*="z-index: 1"]');
          const apart = seen.map((light, i) => Math.abs(light - shown[i]!)).toSorted((a, b) => a - b);
          const spread = Math.max(...seen) - Math.min(...seen);
          return spread > 40 && apart[Math.floor(apart.length * 0.8)]! < 30;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await expect.poll(() => sent.length).toBeGreaterThan(2);

    await page.getByRole('button', { name: 'Tổng quan' }).click();
    await expect
      .poll(
        async () => (await page.getByAltText('Hình hội trường đang thấy').count()) === 0 && Date.now() - sent.at(-1)!,
        {
          timeout: 20_000,
        },
      )
      .toBeGreaterThan(4_000);
  });
});

test('volume and mute reach the video of the hall, are said on the console, and outlive the window', async ({
  page,
}) => {
  await withHall(page, async ({ stage }) => {
    expect(await onTop(stage)).toMatchObject({ volume: 100, muted: false });
    await page.getByLabel('Âm lượng').fill('40');
    await expect.poll(() => onTop(stage)).toMatchObject({ volume: 40, muted: false });
    await page.getByRole('button', { name: 'Tắt tiếng' }).click();
    await expect.poll(() => onTop(stage)).toMatchObject({ volume: 0 });
    await expect(page.getByText('đã tắt', { exact: true })).toBeVisible();
    await expect(page.getByText('Tiếng đang tắt trên màn hình lớn')).toBeVisible();
    await stage.reload();
    await expect(stage.getByTestId('slate')).toBeHidden({ timeout: 60_000 });
    await expect.poll(() => onTop(stage)).toMatchObject({ volume: 0 });
    await page.getByRole('button', { name: 'Bật tiếng' }).click();
    await expect.poll(() => onTop(stage)).toMatchObject({ volume: 40, muted: false });
    await expect(page.getByText('Tiếng đang tắt trên màn hình lớn')).toBeHidden();
  });
});

test('another source is put first by hand: the hall sees it, the console says which plays, and automatic comes back', async ({
  page,
}) => {
  await withHall(page, async ({ stage, origins }) => {
    const [, second] = origins;
    const line = (n: number) => page.locator('.stage-source', { hasText: `Nguồn ${n}:` });
    await expect(line(1)).toContainText('đang chiếu');
    await expect(page.getByRole('radio', { name: 'Tự động' })).toBeChecked();
    const before = second.log.filter(({ kind }) => kind === 'segment').length;
    await line(2).getByRole('radio').click();
    await expect(line(2).getByRole('radio')).toBeChecked();
    await expect(line(2)).toContainText('đang chiếu', { timeout: 60_000 });
    await expect(line(1)).not.toContainText('đang chiếu');
    expect(second.log.filter(({ kind }) => kind === 'segment').length).toBeGreaterThan(before);
    expect((await onTop(stage))!.width).toBeGreaterThan(0);
    await expect(stage.getByTestId('slate')).toBeHidden();
    await page.getByRole('radio', { name: 'Tự động' }).click();
    await expect(page.getByRole('radio', { name: 'Tự động' })).toBeChecked();
    await expect(line(1)).toContainText('đang chiếu', { timeout: 60_000 });
  });
});
