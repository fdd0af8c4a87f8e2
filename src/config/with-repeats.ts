import { z } from 'zod';
import type { PluginEntry } from '../contracts/study.ts';

export const MOST_REPEATS = 1000;

/** What YAML may say beside a fitter's own settings. */
export const EntryKeys = z.object({
  name: z.string().min(1).optional(),
  repeats: z.int().min(2).max(MOST_REPEATS).optional(),
});

/** A fitter or model several times, each under a name of its own, from which its seed is derived; itself where `repeats` is absent. */
export function withRepeats(entry: PluginEntry, repeats: number | undefined): PluginEntry[] {
  if (repeats === undefined) return [entry];
  return Array.from({ length: repeats }, (_, i) => ({
    ...entry,
    name: `${entry.name}-${i + 1}`,
    repeat: { of: entry.name, number: i + 1 },
  }));
}
