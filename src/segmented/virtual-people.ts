import type { z } from 'zod';
import type { AbdomenSettings } from '../images/abdomens/simulate.ts';
import type { abdomenShape } from './config.ts';
import type { TrainedOn } from './saved-network.ts';

type Virtual = z.output<z.ZodObject<typeof abdomenShape>>;

/** Names of people: `person-01`, … */
export const numberedNames = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${what}-${String(i + 1).padStart(2, '0')}`);

/** How people are simulated who are scanned once. What moves them is part of the difficulty. */
export const simulatedPeople = (
  { field, TE, TR, difficulty, ...virtual }: Omit<Virtual, 'people'>,
  { seed, subjects }: { readonly seed: number; readonly subjects: number },
): AbdomenSettings => ({
  volunteers: {
    ...{ ...virtual, seed, subjects, noise: true },
    motion: [0, 0, 0],
    sessions: { scan: { field, TE, TR } },
  },
  difficulty,
});

/** How they were scanned, for those who use a network again that learnt from them. */
export const scannedAs = ({
  field,
  TE,
  TR,
  organs,
  difficulty,
}: Pick<Virtual, 'field' | 'TE' | 'TR' | 'organs' | 'difficulty'>): Pick<
  TrainedOn,
  'field' | 'TE' | 'TR' | 'snr'
> => ({
  ...{ field, TE, TR },
  snr: difficulty.noise > 0 ? organs.snr[field] / difficulty.noise : null,
});
