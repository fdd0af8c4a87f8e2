import { join } from 'node:path';
import { cellOf, type Cell } from '../contracts/cell.ts';
import { InputError } from '../contracts/input-error.ts';
import { contentHash } from '../files/digest.ts';
import { imagePath } from '../images/case-files.ts';
import type { LiverSettings } from '../images/livers/settings.ts';
import { virtualCases } from '../images/livers/write-cases.ts';
import { listCases, type ListedCase } from '../images/read-cases.ts';
import { deriveSeed } from '../random/seed.ts';
import type { ClassifiedConfig } from './config.ts';
import { population, readCases, simulate } from './data-cells.ts';

/** The cells that hold the cases of a study. */
export interface PlannedCases {
  readonly cases: string;
  readonly population: string | undefined;
  readonly cells: readonly Cell[];
  /** Settings of virtual cases; undefined with data of one's own. */
  readonly livers: LiverSettings | undefined;
}

/** First numbers of virtual cases that no other set shares. */
export const CASE_NUMBERS = {
  study: 0,
  population: 1_000_000,
  sizes: 2_000_000,
  otherScanner: 3_000_000,
  otherPopulation: 4_000_000,
} as const;

const CASES = 'cases';

/**
 * A study's virtual livers, with a seed that follows from the study's, and the number of cases to divide; undefined with data of
 * one's own.
 */
export function virtualLivers({
  data,
  seed,
}: ClassifiedConfig): { livers: LiverSettings; cases: number } | undefined {
  if (data.virtual === undefined) return undefined;
  const { cases, ...settings } = data.virtual;
  return { cases, livers: { ...settings, seed: deriveSeed(seed, 'livers') } };
}

/**
 * The cells of a study's cases: virtual ones are written to disk and read back, those of a folder are read; and the population.
 * @throws InputError where a folder's table is not as it must be, or a class has too few cases
 */
export async function planCases(config: ClassifiedConfig): Promise<PlannedCases> {
  const { modalities, data } = config;
  const virtual = virtualLivers(config);
  if (virtual === undefined) return planFolder(config, data.folder!, data.column);
  const { livers, cases } = virtual;
  const listed = virtualCases(livers, cases, CASE_NUMBERS.study);
  requireBothClasses(listed, config.positiveFrom, 'data.virtual');
  const written = cellOf(simulate, {
    id: 'simulate',
    input: { livers, modalities, cases, from: CASE_NUMBERS.study },
  });
  const read = cellOf(readCases, {
    id: CASES,
    input: { modalities, cases: listed, leftOut: [] },
    places: {},
    needs: { data: 'simulate' },
  });
  const others = cellOf(population, {
    id: 'population',
    input: { livers, modalities, cases: config.population, from: CASE_NUMBERS.population },
  });
  const wanted = config.population > 0;
  return {
    livers,
    cases: CASES,
    population: wanted ? 'population' : undefined,
    cells: [written, read, ...(wanted ? [others] : [])],
  };
}

async function planFolder(config: ClassifiedConfig, folder: string, column: string): Promise<PlannedCases> {
  const { modalities, positiveFrom } = config;
  const list = await listCases(folder, column, modalities);
  requireBothClasses(list.cases, positiveFrom, folder);
  const content: string[] = [];
  for (const { subject } of list.cases) {
    for (const modality of modalities)
      content.push(await contentHash(join(folder, imagePath(subject, modality))));
  }
  const read = cellOf(readCases, {
    id: CASES,
    input: { modalities, cases: list.cases, leftOut: list.leftOut, content },
    places: { folder },
  });
  return { livers: undefined, cases: CASES, population: undefined, cells: [read] };
}

/** A split needs a subject of each class in each of its three sets. */
const FEWEST = 3;

/**
 * A cell of virtual cases in memory from which a share can be tested on and validated with, and as many as `training` trained on.
 */
export function planPool(
  { modalities, splits }: ClassifiedConfig,
  { id, livers, from, training }: { id: string; livers: LiverSettings; from: number; training: number },
): Cell {
  // A few more, since every class is divided by itself and rounded.
  const cases = Math.ceil(training / (1 - splits.test - splits.validation)) + 20;
  return cellOf(population, { id, input: { livers, modalities, cases, from } });
}

function requireBothClasses(cases: readonly ListedCase[], from: number, where: string): void {
  const positive = cases.filter(({ stage }) => stage >= from).length;
  for (const [count, what] of [
    [positive, `of stage ${from} or above`],
    [cases.length - positive, `below stage ${from}`],
  ] as const) {
    if (count >= FEWEST) continue;
    throw new InputError(
      `${where}: ${count} of ${cases.length} cases ${count === 1 ? 'is' : 'are'} ${what}; allowed: at least ${FEWEST} of each class`,
    );
  }
}
