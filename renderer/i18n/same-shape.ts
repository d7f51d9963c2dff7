/**
 * The same keys with texts of another language; the compiler rejects a missing or extra key. `key_one` is how a text reads where its
 * `count` is one: English needs it, Vietnamese does not.
 */
export type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> } & {
  [K in keyof T as T[K] extends string ? `${K & string}_one` : never]?: string;
};
