/** An expected outcome, good or bad, as plain data that survives JSON and IPC. Broken invariants throw instead. */
export type Result<T, E extends { error: string } = { error: string }> = { ok: true; value: T } | ({ ok: false } & E);

/** Wraps a good outcome. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** Wraps an expected failure; `error` is a stable code, other fields name the thing and the facts. */
export function err<const E extends { error: string }>(failure: E): { ok: false } & E {
  return { ok: false, ...failure };
}

/** Throws on a broken invariant: a fault of ours, never of a user or the network. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Ends an exhaustive switch; the compiler rejects the call while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
