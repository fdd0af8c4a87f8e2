import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { parameterUnit } from '../../src/metrics/weighted/parameter-unit.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { readerAgreement, type Statistic } from './agreement-rows.ts';
import type { VolunteersConfig } from './config.ts';
import { rateRegions } from './rated-regions.ts';
import { decodeRegions, REGION_FILE, type RegionRecord } from './region-file.ts';
import { volunteersRow } from './rows.ts';
import { subjectVariation } from './variation-rows.ts';
import { againstTruth } from './truth-rows.ts';

export interface AgreeInput {
  readonly fitter: string;
  /** Name of the sessions in tables and figures. */
  readonly session: string;
  /** Ids of the cells that have the means of this fitter. */
  readonly of: readonly string[];
  /** Ids of the cells that have the true means; none where they are not known. */
  readonly truth: readonly string[];
}

/** Compares readers and subjects in one session by the region means of one fitter, and these with the truth. */
export async function agreeCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, session, of, truth } = cell.input as unknown as AgreeInput;
  const records = await recordsOf(context, of);
  const trueRecords = await recordsOf(context, truth);
  const bootstrap = {
    resamples: config.statistics.resamples,
    // The same subjects for every fitter, session and statistic: differences between rows are not chance's.
    seed: deriveSeed(config.seed, 'bootstrap'),
  };
  const notes = new Set<string>();
  const rows = PARAMETERS.flatMap((parameter): Row[] => {
    const rated = rateRegions(records, parameter);
    if (rated.targets.length === 0) return [];
    const unit = parameterUnit(parameter);
    const agreement = readerAgreement(rated, unit, bootstrap);
    const variation = subjectVariation(rated, bootstrap);
    for (const note of [...agreement.notes, ...variation.notes]) notes.add(note);
    const held =
      fitter === TRUTH ? [] : againstTruth(rated, rateRegions(trueRecords, parameter), unit, bootstrap);
    return [...agreement.rows, ...variation.rows, ...held].map(({ factors = {}, ...row }: Statistic) =>
      volunteersRow({ method: fitter, factors: { session, ...factors }, parameter, ...row }),
    );
  });
  return { rows, notes: [...notes] };
}

async function recordsOf(context: RunContext, cells: readonly string[]): Promise<RegionRecord[]> {
  const files = await Promise.all(cells.map((id) => context.read(id, REGION_FILE)));
  return files.flatMap(decodeRegions);
}
