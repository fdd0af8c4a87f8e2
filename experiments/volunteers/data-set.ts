import { join } from 'node:path';
import type { RunContext } from '../../src/contracts/experiment.ts';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import type { CohortSource } from '../../src/data/cohort/source.ts';
import { virtualLayout } from '../../src/data/volunteers/dataset-files.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import type { VolunteersConfig } from './config.ts';

/** Id of the cell that simulates, where the config does, and the data set's place in its folder. */
export const SIMULATE = 'simulate';
const BIDS = 'bids';

export const dataSetIn = (folder: string): string => join(folder, BIDS);

/** What virtual volunteers are simulated from; undefined where the data are on disk. */
export function simulationSettings({
  seed,
  protocol,
  data,
}: VolunteersConfig): VolunteersSettings | undefined {
  return data.virtual && { seed, bValues: protocol!.bValues, ...data.virtual };
}

/** Where the data are read from. @param simulated folder of the virtual data set */
function sourceOf({ data }: VolunteersConfig, simulated: () => string): CohortSource {
  const { missing, gridTolerance, expect, bids, files } = data;
  const from = files ? { files } : { bids: bids ?? virtualLayout(simulated()) };
  return { from, missing, gridTolerance, expect };
}

/**
 * The data set of the user, before anything is done.
 * @throws InputError as `openCohort`
 */
export function cohortOnDisk(config: VolunteersConfig): Promise<Cohort> {
  return openCohort(sourceOf(config, () => ''));
}

const opened = new Map<string, Promise<Cohort>>();

/** The data set as a cell reads it, opened once per process. */
export function openDataSet(config: VolunteersConfig, context: RunContext): Promise<Cohort> {
  const source = sourceOf(config, () => dataSetIn(context.folderOf(SIMULATE)));
  const name = JSON.stringify(source);
  let cohort = opened.get(name);
  if (!cohort) {
    cohort = openCohort(source);
    opened.set(name, cohort);
  }
  return cohort;
}
