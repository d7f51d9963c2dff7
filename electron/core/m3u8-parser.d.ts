/** The part of m3u8-parser that the kiosk uses; the package ships no types. */
declare module 'm3u8-parser' {
  export interface ParsedSegment {
    uri: string;
    duration: number;
    programDateTime?: number;
    dateTimeObject?: Date;
  }
  export interface ParsedManifest {
    playlists?: { uri: string; attributes?: { BANDWIDTH?: number } }[];
    segments: ParsedSegment[];
    mediaSequence?: number;
    targetDuration?: number;
    endList?: boolean;
    playlistType?: string;
  }
  export class Parser {
    manifest: ParsedManifest;
    push(text: string): void;
    end(): void;
  }
}
