import type { Fitter, SavedModel } from '../../src/contracts/fitter.ts';
import { Status } from '../../src/contracts/voxels.ts';

/** For tests: learns the mean last signal of its cohort and answers with it, so that every thread must have learnt the same. */
const learning: Fitter = {
  label: 'Learning',
  source: 'for tests',
  needs: ['allVoxels'],
  async prepare(task) {
    const mean = task.model ? open(task.model) : await learn(task.allVoxels!);
    return {
      fit({ n, values, bValues, scale }, out) {
        for (let i = 0; i < n; i++) {
          out.S0[i] = scale[i];
          out.D[i] = values[(i + 1) * bValues.length - 1];
          out.f[i] = mean;
          out.Dp[i] = task.seed;
          out.status[i] = Status.converged;
        }
      },
      save: async () => ({ files: new Map([['mean.bin', new Uint8Array(Float64Array.of(mean).buffer)]]) }),
    };
  },
};
export default learning;

type Cohort = NonNullable<Parameters<typeof learning.prepare>[0]['allVoxels']>;

async function learn(cohort: Cohort): Promise<number> {
  const { n, values, bValues } = await cohort();
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += values[i * bValues.length - 1];
  return sum / n;
}

const open = ({ files }: SavedModel): number => new Float64Array(files.get('mean.bin')!.slice().buffer)[0];
