import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { settingsFor } from '../../src/conformance/promises.ts';
import type { Fitter } from '../../src/contracts/fitter.ts';
import { failedFrom } from '../../src/contracts/voxels.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { fitterNames, loadFitter } from '../../src/plugins/discover.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit-scan');
const { path, put } = scratchFolder();
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const scan = fixture('small_101D.nii.gz');
const tissue = '{D: {uniform: [0.0001, 0.003]}, f: {uniform: [0, 0.5]}, Dp: {uniform: [0.003, 0.1]}}';

/** What a user writes who takes the lowest b-value, 15, for b=0 all the same. */
const asZero = put(
  'as-zero.bval',
  readFileSync(fixture('small_101D.bval'), 'utf8').replace(/(^|\s)15(\.0*)?(?=\s|$)/g, '$10'),
);

/** Learn from truths, which no scan has. */
const needTruth = ['dnn-supervised', 'super-ivim-dc'];
/** Settings with which a fitter trains or walks briefly: how well it fits is not asked here. */
function briefly(fitter: Fitter): string[] {
  const defaults = (fitter.settings?.parse({}) ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(settingsFor(fitter, 2) as object)
    .filter(([key, value]) => typeof value !== 'object' && value !== defaults[key])
    .map(([key, value]) => `${key}=${value}`);
}

for (const fitter of needTruth) {
  test(`${fitter} does not train on a scan`, async () => {
    const refused = await fit({
      signals: [scan],
      fitter,
      bval: asZero,
      sigma: 20,
      tissue,
      out: path('none'),
      quiet: true,
    }).then(
      () => '',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    assert.match(refused, /^InputError: .*truth is known/);
  });
}

for (const fitter of fitterNames().filter((name) => !needTruth.includes(name))) {
  test(`a real scan whose lowest b-value is 15 s/mm² is fitted by ${fitter}`, async () => {
    const out = path(fitter);
    const { value } = await loadFitter(fitter);
    const { trains, estimates, estimatesS0 } = value;
    const options = { set: briefly(value), sigma: 20, tissue, out, quiet: true, workers: 1 };
    // Reports of fits have tests of their own.
    const words = { signals: [scan], fitter, ...options, report: false };
    if (!estimatesS0) await refused(() => fit(words), 'needs b=0', '39 % too low', 'ls-s0');
    const code = await fit(estimatesS0 ? words : { ...words, bval: asZero });
    assert.is(code, 0);
    const source = (await readNifti(scan)).header;
    const read = async (name: string) => {
      const { header, data } = await readNifti(`${out}/${name}.nii.gz`);
      assert.equal(header.affine, source.affine);
      assert.equal(header.shape, source.shape);
      return data;
    };
    const [S0, D, f, Dp, status] = await Promise.all(['S0', 'D', 'f', 'Dp', 'status'].map(read));
    const withDp = !estimates || estimates.includes('Dp');
    const withF = !estimates || estimates.includes('f');
    const trained = trains === 'on given voxels';
    let fitted = 0;
    for (let i = 0; i < status.length; i++) {
      if (status[i] >= failedFrom) {
        assert.ok([S0[i], D[i], f[i], Dp[i]].every(Number.isNaN));
        continue;
      }
      assert.ok(S0[i] > 0 && D[i] >= 0, `voxel ${i}`);
      assert.ok(withF ? f[i] >= 0 && f[i] <= 1 : Number.isNaN(f[i]), `voxel ${i}: f ${f[i]}`);
      assert.ok(withDp ? Dp[i] >= 0 : Number.isNaN(Dp[i]), `voxel ${i}: Dp ${Dp[i]}`);
      // A network decides once for all voxels which of its decays is which.
      assert.ok(trained || !withDp || Dp[i] >= D[i], `voxel ${i}: Dp below D`);
      fitted++;
    }
    const { notes, bValues } = JSON.parse(readFileSync(`${out}/status.json`, 'utf8')) as {
      notes: string[];
      bValues: number[];
    };
    assert.is(
      estimatesS0 === true,
      notes.some((note) => note.includes('the lowest b-value is 15 s/mm², and S0 is estimated')),
    );
    assert.is(bValues.length, 55);
    assert.is(bValues[0], estimatesS0 ? 15 : 0);
    assert.ok(fitted > 300, `${fitted} of 600 voxels`);
  });
}

test.run();
