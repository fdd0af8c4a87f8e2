import { z } from 'zod';

type Alternatives = Readonly<Record<string, z.ZodType>>;
type OneOf<A extends Alternatives> = {
  [K in keyof A & string]: z.ZodObject<Record<K, A[K]>, z.core.$strict>;
};

/** A mapping with exactly one key, which identifies the kind of value: `{ uniform: [0, 1] }`. */
export function oneOfKeys<A extends Alternatives>(
  alternatives: A,
): z.ZodUnion<readonly OneOf<A>[keyof A & string][]> {
  const options = Object.entries(alternatives).map(([key, value]) => z.strictObject({ [key]: value }));
  return z.union(options) as unknown as z.ZodUnion<readonly OneOf<A>[keyof A & string][]>;
}
