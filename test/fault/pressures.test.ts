import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pressures, tryPressures } from '../../scripts/fault/pressures.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { skip } from '../skip.ts';

/** What `npm run fault` does under pressure, with a study of a moment. */
const test = suite('runs under pressure');
const { path, put } = scratchFolder();
const config = put(
  'study.yaml',
  `experiment: phantom
protocol: barbieri-2020
data: { voxels: 20, S0: 1500, noise: { snr: [50, 20] }, tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.05 } } }
statistics: { resamples: 20 }
timing: { warmUpMs: 0, repeats: 3 }
fitters: [segmented]
`,
);

const { lines } = await tryPressures(path(''), { config, brief: true });
for (const [i, name] of Object.keys(pressures).entries()) {
  const line = lines[i];
  if (line.startsWith('SKIP')) skip(test, name, line);
  else
    test(`${name}: one clear line, and the same command goes on to the same tables`, () => {
      assert.is(line.includes('FAILED'), false, line);
      assert.ok(line.startsWith(`${name}: `), line);
    });
}

test.run();
