import type { RunContext, Task } from '../../src/contracts/cell.ts';
import { TRUTH, type Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { NETWORK_READER } from '../../src/measures/network-reader.ts';
import { quantityUnit } from '../../src/measures/quantities.ts';
import { readerAgreement, type Statistic } from './agreement-rows.ts';
import { networkAgreement } from './network-agreement.ts';
import { rateRegions } from './rated-regions.ts';
import { decodeRegions, REGION_FILE, volunteersRow, type RegionRecord } from './rows.ts';
import { againstTruth } from './truth-rows.ts';
import { subjectVariation } from './variation-rows.ts';

interface AgreeInput {
  readonly method: string;
  /** Name of the sessions in tables and figures. */
  readonly session: string;
  /** Number of cells with the means of this method: `estimates 1`, … */
  readonly estimates: number;
  /** Number of cells with the true means: `truth 1`, …; 0 if they are unknown. */
  readonly truth: number;
  /** Whether a network has marked the regions as well. */
  readonly network?: boolean;
}

/** Compares readers and subjects in one session by the region means of one method, and these means with the truth. */
export const agree: Task<AgreeInput> = {
  module: import.meta.url,
  name: 'agree',
  async run({ method, session, estimates, truth, network = false }, context) {
    const all = await recordsOf(context, 'estimates', estimates);
    const records = all.filter(ofReaders);
    const trueRecords = (await recordsOf(context, 'truth', truth)).filter(ofReaders);
    const notes = new Set<string>();
    const rows = PARAMETERS.flatMap((parameter): Row[] => {
      const rated = rateRegions(records, parameter);
      if (rated.targets.length === 0) return [];
      const unit = quantityUnit(parameter);
      const agreement = readerAgreement(rated, unit);
      const variation = subjectVariation(rated);
      for (const note of [...agreement.notes, ...variation.notes]) notes.add(note);
      const compared = method === TRUTH ? [] : againstTruth(rated, rateRegions(trueRecords, parameter), unit);
      const beside = network ? networkAgreement(rateRegions(all, parameter)) : [];
      return [...agreement.rows, ...variation.rows, ...compared, ...beside].map(
        ({ factors = {}, ...row }: Statistic) =>
          volunteersRow({ method, factors: { session, ...factors }, parameter, ...row }),
      );
    });
    return { rows, notes: [...notes] };
  },
};

const ofReaders = ({ reader }: RegionRecord): boolean => reader !== NETWORK_READER;

/** Names the needs of one kind, with the ids of the cells. */
export const numbered = (kind: 'estimates' | 'truth', ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id, i) => [`${kind} ${i + 1}`, id]));

async function recordsOf(
  context: RunContext,
  kind: 'estimates' | 'truth',
  count: number,
): Promise<RegionRecord[]> {
  const needs = Array.from({ length: count }, (_, i) => `${kind} ${i + 1}`);
  const files = await Promise.all(needs.map((need) => context.read(need, REGION_FILE)));
  return files.flatMap(decodeRegions);
}
