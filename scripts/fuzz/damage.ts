import * as fc from 'fast-check';

/** What makes parsers stumble: extremes, missing values, brackets, references, control sequences, paths. */
const WORDS = [
  ...['-1', '0', '1e999', '-1e-320', 'NaN', 'inf', '99999999999999999999', '0x10', 'null', 'true', '~'],
  ...['[', ']', '{', '}', '"', "'", ',', ';', ':', '\t', '\n', '\r\n', '\0', '\uFEFF', '|', '>', '#', '- '],
  ...[
    '&a [*a, *a]',
    '<<: *a',
    '!!binary ',
    '__proto__',
    'constructor',
    '../../x',
    '/dev/zero',
    '\u001B[2J',
    '\u009B',
  ],
].map((word) => Buffer.from(word));

/** One damage; `at` is a place as a share of the length. */
type Edit =
  | { readonly kind: 'bit' | 'cut' | 'double' | 'end'; readonly at: number; readonly size: number }
  | { readonly kind: 'word'; readonly at: number; readonly word: number };

// Without its bias towards extremes, which would damage the first bytes nearly always.
const place = fc.noBias(fc.nat(9999)).map((step) => step / 10_000);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('bit', 'cut', 'double', 'end'),
    at: place,
    size: fc.integer({ min: 1, max: 64 }),
  }),
  fc.record({ kind: fc.constant('word'), at: place, word: fc.nat(WORDS.length - 1) }),
);

/** Damaged copies of sound files, most of them lightly so that much is read before the damage, and bytes without any sense. */
export function damaged(examples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edits = fc.oneof(
    { weight: 3, arbitrary: fc.array(edit, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(edit, { minLength: 3, maxLength: 12 }) },
  );
  const edited = fc
    .tuple(fc.constantFrom(...examples), edits)
    .map(([example, changes]) => changes.reduce(apply, example));
  return fc.oneof(
    { weight: 19, arbitrary: edited },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }) },
  );
}

function apply(bytes: Uint8Array, change: Edit): Uint8Array {
  const at = Math.floor(change.at * bytes.length);
  if (change.kind === 'word') {
    return Buffer.concat([bytes.subarray(0, at), WORDS[change.word], bytes.subarray(at)]);
  }
  const { kind, size } = change;
  if (kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
  if (kind === 'double') return Buffer.concat([bytes.subarray(0, at + size), bytes.subarray(at)]);
  if (kind === 'end') return bytes.subarray(0, at);
  // A Buffer's own `slice` would share the memory of the example.
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[Math.min(at, copy.length - 1)] ^= 1 << (size % 8);
  return copy;
}
