/** What the stage says of one source after it tried to decode a piece of it. */
export interface DecodedSource {
  id: string;
  frames: number;
  widthPx: number;
  heightPx: number;
}
