/** The part of m3u8-parser that the kiosk uses; the package ships no types. */
declare module 'm3u8-parser' {
  export interface ParsedSegment {
    uri: string;
    duration: number;
    programDateTime?: number;
    dateTimeObject?: Date;
  }
  /** Of EXT-X-STREAM-INF; what is a number or a size comes out as one. */
  export interface ParsedAttributes {
    BANDWIDTH?: number;
    RESOLUTION?: { width: number; height: number };
    'FRAME-RATE'?: number;
    CODECS?: string;
    'VIDEO-RANGE'?: string;
    'HDCP-LEVEL'?: string;
    'PATHWAY-ID'?: string;
  }
  export interface ParsedManifest {
    playlists?: { uri: string; attributes?: ParsedAttributes }[];
    /** EXT-X-CONTENT-STEERING. */
    contentSteering?: { serverUri?: string };
    segments: ParsedSegment[];
    mediaSequence?: number;
    /** Seconds. */
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
