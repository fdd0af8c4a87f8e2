import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, failedFrom, PARAMETERS } from '../../src/contracts/voxels.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { osipiTissues } from './osipi-tissues.ts';
import { diffusionAlone, wholeModel, type Tolerance } from './tissue-tolerance.ts';

const test = suite("fitters on OSIPI's tissues");
const { signals, names, truth, noise } = osipiTissues();
const { bValues } = signals;

/** How a fitter looks at the signals, which decides its tolerance. */
type View = 'S0 too' | 'S0 known' | { readonly diffusionFrom: readonly number[] };

const HIGH = { diffusionFrom: [250, 350, 400, 550, 700, 850, 1000] };
const VIEWS: Readonly<Record<string, View>> = {
  ls: 'S0 known',
  'ls-global': 'S0 known',
  'ls-s0': 'S0 too',
  'ls-rician': 'S0 too',
  varpro: 'S0 too',
  'grid-refine': 'S0 too',
  triexponential: 'S0 too',
  'bayes-mcmc': 'S0 too',
  segmented: HIGH,
  'segmented-s0': HIGH,
  'log-linear': HIGH,
  wls: HIGH,
  sivim: { diffusionFrom: [250, 1000] },
};
const SETTINGS: Readonly<Record<string, object>> = { sivim: { low: 250 } };
/** Its second line gives every signal the same weight, the noise that is left where perfusion has gone included. */
const NO_DP = ['log-linear'];

for (const [name, view] of Object.entries(VIEWS)) {
  test(`${name} is within its tolerance`, async () => {
    const { value: fitter } = await loadFitter(name);
    const prepared = await fitter.prepare({ bValues, seed: 1 }, fitter.settings!.parse(SETTINGS[name] ?? {}));
    const out = allocateEstimates(signals.n);
    await prepared.fit(signals, out);
    const parameters = (fitter.estimates ?? PARAMETERS).filter(
      (parameter) => parameter !== 'Dp' || !NO_DP.includes(name),
    );
    truth.forEach((tissue, i) => {
      assert.ok(out.status[i] < failedFrom, `${names[i]}: status ${out.status[i]}`);
      const allowed = tolerance(view, tissue);
      for (const parameter of parameters) {
        const off = Math.abs(out[parameter][i] - tissue[parameter]);
        assert.ok(
          off <= allowed[parameter],
          `${names[i]}: ${parameter} is off by ${off}, ${allowed[parameter]} is allowed`,
        );
      }
    });
  });
}

function tolerance(view: View, tissue: Tolerance): Tolerance {
  if (typeof view === 'object') return diffusionAlone(bValues, view.diffusionFrom, tissue, noise);
  return wholeModel(bValues, tissue, noise, view === 'S0 too' ? 'unknown' : 'known');
}

test('the tolerance is no wide one: it scales with noise and f, and would not pass 1 % of D', () => {
  for (const tissue of truth) {
    const one = wholeModel(bValues, tissue, noise, 'unknown');
    const twice = wholeModel(bValues, tissue, 2 * noise, 'unknown');
    const less = wholeModel(bValues, { ...tissue, f: tissue.f / 2 }, noise, 'unknown');
    assert.ok(Math.abs(twice.Dp / one.Dp - 2) < 1e-9);
    assert.ok(less.Dp > 1.5 * one.Dp);
  }
  const liver = truth[names.indexOf('Liver')];
  assert.ok(wholeModel(bValues, liver, noise, 'unknown').D < 0.01 * liver.D);
});

test.run();
