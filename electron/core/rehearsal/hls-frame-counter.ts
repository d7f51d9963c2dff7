/**
 * The machine-readable frame counter burnt into the rehearsal picture, for tests that must know which frame a window shows.
 *
 * A row of 16 blocks, white for 1 and black for 0, most significant bit first. In a 1280×720 picture block i covers
 * x = 72 + 72·i … + 56, y = 632 … + 48; other sizes scale. Bits 11–0: index of the frame in the loop (0 … 1499, 25 a second).
 * Bits 15–12: NOT of the XOR of the three 4-bit groups of the index, so that a black, a white or a torn picture reads as null.
 */
export const FRAME_COUNTER = {
  bits: 16,
  pictureWidth: 1280,
  pictureHeight: 720,
  x: 72,
  y: 632,
  pitch: 72,
  width: 56,
  height: 48,
} as const;

export const LOOP_FRAMES = 1500;
export const FRAMES_PER_SECOND = 25;

/** The 16 bits burnt into frame `index`. */
export function encodeFrameIndex(index: number): number {
  const check = ~(index ^ (index >> 4) ^ (index >> 8)) & 0x0f;
  return (check << 12) | (index & 0x0fff);
}

/**
 * Reads the frame index from RGBA pixels of the whole picture (a canvas's ImageData, say) at any size from 320×180;
 * null when no counter is there. Give it the picture alone, without bars around it.
 */
export function readFrameIndex(image: { data: ArrayLike<number>; width: number; height: number }): number | null {
  let code = 0;
  for (let i = 0; i < FRAME_COUNTER.bits; i += 1) {
    const x = (FRAME_COUNTER.x + FRAME_COUNTER.pitch * i + FRAME_COUNTER.width / 2) / FRAME_COUNTER.pictureWidth;
    const y = (FRAME_COUNTER.y + FRAME_COUNTER.height / 2) / FRAME_COUNTER.pictureHeight;
    const pixel = (Math.floor(y * image.height) * image.width + Math.floor(x * image.width)) * 4;
    // Green alone tells black from white.
    code = code * 2 + ((image.data[pixel + 1] ?? 0) > 127 ? 1 : 0);
  }
  const index = code & 0x0fff;
  return encodeFrameIndex(index) === code && index < LOOP_FRAMES ? index : null;
}
