import type { Cell, CellResult } from '../../src/contracts/experiment.ts';
import { BOUND } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { loadMetric } from '../../src/plugins/discover.ts';
import { boundOverVoxels } from '../../src/signal/bound-over-voxels.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { simulate, testRecipe } from '../simulated/voxel-sets.ts';
import { phantomRow } from './rows.ts';

/** The Cramér-Rao bounds of the test voxels of one noise level, to hold errors against. */
export async function boundCell(cell: Cell, config: SimulatedConfig): Promise<CellResult> {
  const { sigma, snr } = cell.input as { sigma: number; snr: number };
  const { truth } = simulate(testRecipe(config, sigma));
  const bValues = Float64Array.from(config.protocol.bValues);
  const bound = boundOverVoxels(bValues, truth, sigma / config.data.S0);
  const { value: rmse } = await loadMetric('rmse');
  const rows = PARAMETERS.flatMap((parameter) => {
    const { rootMeanSquare, median } = bound[parameter];
    const about = { method: BOUND, factors: { snr }, parameter, unit: rmse.unit(parameter), n: truth.n };
    return [
      phantomRow({ ...about, metric: 'crlb', value: rootMeanSquare }),
      phantomRow({ ...about, metric: 'crlb_median', value: median }),
    ];
  });
  return { rows };
}
