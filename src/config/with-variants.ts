import { z } from 'zod';
import type { Variant } from '../contracts/study.ts';

/** Settings of a fitter with several values each, by names for tables: `bounds: {wide: …, narrow: …}`. */
export const Vary = z
  .record(z.string().min(1), z.record(z.string().min(1), z.unknown()))
  .refine((vary) => Object.values(vary).every((levels) => Object.keys(levels).length > 0), {
    message: 'found a setting without values; allowed: a mapping of names to values for each setting',
  });
export type Vary = z.output<typeof Vary>;

/** One combination of the values: its name, and the settings that it adds. */
export interface Combination {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly variant?: Omit<Variant, 'of'>;
}

/** Every combination of the values of all settings, the first setting slowest: `ls-wide-near`, `ls-wide-far`, … */
export function combinationsOf(name: string, vary: Vary | undefined): Combination[] {
  if (vary === undefined) return [{ name, settings: {} }];
  let all: Required<Combination>[] = [{ name, settings: {}, variant: { factors: {} } }];
  for (const [setting, levels] of Object.entries(vary)) {
    all = all.flatMap((before) =>
      Object.entries(levels).map(([level, value]) => ({
        name: `${before.name}-${level}`,
        settings: { ...before.settings, [setting]: value },
        variant: { factors: { ...before.variant.factors, [setting]: level } },
      })),
    );
  }
  return all;
}
