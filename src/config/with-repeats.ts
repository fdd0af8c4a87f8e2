import { z } from 'zod';
import type { PluginEntry } from '../contracts/study.ts';

export const MOST_REPEATS = 1000;

/** Keys of a fitter's entry other than its own settings. */
export const EntryKeys = z.object({
  name: z.string().min(1).optional(),
  repeats: z.int().min(2).max(MOST_REPEATS).optional(),
});

/**
 * Returns a fitter or model several times, each with its own name, from which its seed is derived; the entry itself if `repeats` is
 * absent.
 */
export function withRepeats(entry: PluginEntry, repeats: number | undefined): PluginEntry[] {
  if (repeats === undefined) return [entry];
  return Array.from({ length: repeats }, (_, i) => ({
    ...entry,
    name: `${entry.name}-${i + 1}`,
    repeat: { of: entry.name, number: i + 1 },
  }));
}
