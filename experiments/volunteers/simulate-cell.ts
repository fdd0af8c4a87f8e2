import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { writeVolunteers } from '../../src/data/volunteers/write-volunteers.ts';
import type { VolunteersConfig } from './config.ts';
import { dataSetIn, simulationSettings } from './data-set.ts';

/** Writes the virtual volunteers to disk, where all other cells read them like anyone's. */
export async function simulateCell(
  _cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const settings = simulationSettings(config)!;
  await writeVolunteers(dataSetIn(await context.folder()), settings, { onProgress: context.onProgress });
  return {
    rows: [],
    notes: [
      `${settings.subjects} virtual volunteers, written as a BIDS data set and read back from disk; \`ivim-bench simulate\` writes the same one for you to look at`,
    ],
    facts: { seed: settings.seed },
  };
}
