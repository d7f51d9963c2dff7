import { printParseErrorCode, visit } from 'jsonc-parser';

/** Bounds of what a session package can be; what goes beyond is no package, and is not read to its end. */
export const JSON_LIMITS = {
  /** The schema needs 6. */
  depth: 16,
  /** A full roster with every field is about 700,000. */
  values: 1_000_000,
  roster: 50_000,
  units: 5_000,
  /** Any other list. */
  list: 100,
} as const;

export type JsonOutcome =
  | { ok: true; value: unknown }
  /** `what`: after the line, what is wrong with it. `line` counts from 1. `code`: the parser's word for it. `isCut`: the text ends there. */
  | { ok: false; line: number; what: 'not_json' | 'too_deep' | 'too_long'; code: string; isCut: boolean };

class Stop extends Error {
  readonly what: 'not_json' | 'too_deep' | 'too_long';
  readonly code: string;
  readonly offset: number;

  constructor(what: Stop['what'], code: string, offset: number) {
    super(what);
    this.what = what;
    this.code = code;
    this.offset = offset;
  }
}

interface Open {
  value: unknown[] | Record<string, unknown>;
  /** Most entries of a list. */
  most: number;
}

/**
 * Reads JSON with comments and trailing commas. Ends at the first fault and at the first bound that is passed, while it
 * reads: a file of nothing but commas or brackets costs neither memory nor the stack.
 */
export function parsePackageJson(text: string): JsonOutcome {
  const open: Open[] = [];
  let root: unknown;
  let name = '';
  let values = 0;
  const put = (value: unknown, offset: number): void => {
    values += 1;
    if (values > JSON_LIMITS.values) throw new Stop('too_long', 'values', offset);
    const into = open.at(-1);
    if (!into) root = value;
    else if (Array.isArray(into.value)) {
      if (into.value.length >= into.most) throw new Stop('too_long', 'list', offset);
      into.value.push(value);
    } else into.value[name] = value;
  };
  const begin = (value: Open['value'], offset: number): void => {
    if (open.length >= JSON_LIMITS.depth) throw new Stop('too_deep', 'depth', offset);
    const most = name === 'roster' || name === 'units' ? JSON_LIMITS[name] : JSON_LIMITS.list;
    put(value, offset);
    open.push({ value, most });
  };
  const end = (): void => void open.pop();
  try {
    visit(
      text,
      {
        onObjectBegin: (offset) => begin({}, offset),
        onObjectProperty: (property, offset) => {
          if (property === '__proto__') throw new Stop('not_json', 'InvalidSymbol', offset);
          name = property;
        },
        onObjectEnd: end,
        onArrayBegin: (offset) => begin([], offset),
        onArrayEnd: end,
        onLiteralValue: put,
        onError: (error, offset) => {
          throw new Stop('not_json', printParseErrorCode(error), offset);
        },
      },
      { allowTrailingComma: true },
    );
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    const { what, code, offset } = cause;
    // A string that is cut off is found at its beginning.
    const isCut = offset >= text.trimEnd().length || (code === 'UnexpectedEndOfString' && !text.includes('\n', offset));
    return { ok: false, line: lineAt(text, offset), what, code, isCut: what === 'not_json' && isCut };
  }
  return { ok: true, value: root };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
