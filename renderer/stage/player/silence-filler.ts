/** Placeholder of the same shape, see below. */
export class SilenceFiller {
  fill(body: ArrayBuffer): ArrayBuffer {
    return body;
  }
}
