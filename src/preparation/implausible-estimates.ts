import { failedFrom, PARAMETERS, type Estimates, type ParameterName } from '../contracts/voxels.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

const BEYOND: Readonly<Record<ParameterName, { text: string; is: (value: number) => boolean }>> = {
  D: { text: 'a D below 0', is: (value) => value < 0 },
  f: { text: 'an f outside 0..1', is: (value) => value < 0 || value > 1 },
  Dp: { text: 'a Dp below 0', is: (value) => value < 0 },
};

/** Returns warnings about the estimates of a fitter: that there are none, or that some are impossible for tissue. */
export function implausibleEstimates({ n, status, ...values }: Estimates): string[] {
  const fitted = status.subarray(0, n).reduce((count, code) => count + (code < failedFrom ? 1 : 0), 0);
  if (fitted === 0) return ['no voxel has an estimate'];
  return PARAMETERS.flatMap((name) => {
    const { text, is } = BEYOND[name];
    let count = 0;
    for (let i = 0; i < n; i++) if (status[i] < failedFrom && is(values[name][i])) count++;
    return count === 0
      ? []
      : [
          `${count} of ${counted(fitted, 'voxel')} that ${oneOrMore(fitted, 'counts', 'count')} as fitted ${oneOrMore(count, 'has', 'have')} ${text}`,
        ];
  });
}
