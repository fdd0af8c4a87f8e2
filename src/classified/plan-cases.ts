import { cellOf, type Cell } from '../contracts/cell.ts';
import type { LiverSettings } from '../images/livers/settings.ts';
import { deriveSeed } from '../random/seed.ts';
import type { ClassifiedConfig } from './config.ts';
import { population } from './data-cells.ts';

/** The cells that hold the cases of a study. */
export interface PlannedCases {
  readonly cases: string;
  readonly population: string | undefined;
  readonly cells: readonly Cell[];
  /** Settings of virtual cases; undefined with data of one's own. */
  readonly livers: LiverSettings | undefined;
}

/** First numbers of virtual cases that no other set shares. */
export const CASE_NUMBERS = { study: 0, population: 1_000_000, sizes: 2_000_000 } as const;

export function planCases(config: ClassifiedConfig): PlannedCases {
  const { virtual } = config.data;
  if (virtual === undefined) throw new Error('not yet');
  const { cases, ...settings } = virtual;
  const livers: LiverSettings = { ...settings, seed: deriveSeed(config.seed, 'livers') };
  const { modalities } = config;
  return {
    livers,
    cases: 'cases',
    population: config.population > 0 ? 'population' : undefined,
    cells: [
      cellOf(population, {
        id: 'cases',
        input: { livers, modalities, cases, from: CASE_NUMBERS.study },
      }),
      ...(config.population > 0
        ? [
            cellOf(population, {
              id: 'population',
              input: { livers, modalities, cases: config.population, from: CASE_NUMBERS.population },
            }),
          ]
        : []),
    ],
  };
}
