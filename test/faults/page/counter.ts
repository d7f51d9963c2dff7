import { FRAME_COUNTER, readFrameIndex } from '../../../electron/core/rehearsal/hls-frame-counter.ts';

/**
 * The counter burnt into the frame that `video` shows now; null when there is no frame or no counter in it. Only the rows of
 * the counter are copied, past any canvas: canvases keep a copy of each frame until the browser cares to clear up.
 */
export async function readCounter(video: HTMLVideoElement | null): Promise<number | null> {
  if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
  let frame: VideoFrame | null = null;
  try {
    frame = new VideoFrame(video);
    const { x, y, width, height } = frame.visibleRect!;
    const at = (FRAME_COUNTER.y + FRAME_COUNTER.height / 2) / FRAME_COUNTER.pictureHeight;
    // Colour is stored for two rows together: a copy must begin at an even one.
    const rect = { x, y: Math.floor((y + at * height) / 2) * 2, width, height: 2 };
    const bytes = new Uint8Array(frame.allocationSize({ rect }));
    const [plane] = await frame.copyTo(bytes, { rect });
    // Planar formats begin with the brightness, one byte a pixel; the others have green as their second of four.
    const planar = /^(I4|NV)/.test(frame.format ?? '');
    const step = planar ? 1 : 4;
    const row = Array.from({ length: width }, (_, i) => bytes[plane!.offset + i * step + (planar ? 0 : 1)]!);
    return readFrameIndex({ data: row.flatMap((value) => [value, value, value, 255]), width, height: 1 });
  } catch {
    // The element lost its frame between the question and the copy.
    return null;
  } finally {
    frame?.close();
  }
}
