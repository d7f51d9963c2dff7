/** The same keys with texts of another language; the compiler rejects a missing or extra key. */
export type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> };
