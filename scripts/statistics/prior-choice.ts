/**
 * What the prior of the default network costs and biases, compared with others: bias of region means of f and Dp, as in
 * region-bias.ts, of tissue whose f is 0.6 to 0.9, and RMSE on the study's tissue. All by the exact posterior mean, which needs no
 * training; docs/any-protocol.md has the table.
 *
 *     node --import tsx scripts/statistics/prior-choice.ts [VOXELS=1000] [SNR=20]
 */
import { mean } from 'simple-statistics';
import type { TissuePrior } from '../../src/contracts/fitter.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { TISSUES } from '../../src/fitters/any-protocol-net/manifest.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { PosteriorMean } from '../../src/solvers/posterior-mean.ts';
import { constantTissues, organs } from './region-tissues.ts';
import type { RegionTissue } from './region-tissues.ts';

const [voxels = 1000, snr = 20] = process.argv.slice(2, 4).map(Number);
const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

const D = TISSUES.body.D;
const flat = { f: { uniform: [0, 1] }, Dp: { logUniform: [0.005, 0.5] } } as const;
const PRIORS: Readonly<Record<string, TissuePrior>> = {
  'f uniform to 0.6, Dp log-uniform to 0.2': {
    D,
    f: { uniform: [0, 0.6] },
    Dp: { logUniform: [0.005, 0.2] },
  },
  'f uniform to 1, Dp log-uniform to 0.5': { D, ...flat },
  'f falling, Dp log-uniform to 0.5': { ...TISSUES.body, Dp: flat.Dp },
  'f uniform to 1, Dp log-normal': { ...TISSUES.body, f: flat.f },
  'f falling, Dp log-normal (`body`)': TISSUES.body,
};

/** Tissue with more perfusion than the earlier prior had. */
const perfused: RegionTissue[] = [0.6, 0.75, 0.9].flatMap((f) =>
  [0.02, 0.06, 0.3].map((Dp) => ({
    name: `f ${f}, Dp ${Dp}`,
    tissue: { D: { constant: 0.0012 }, f: { constant: f }, Dp: { constant: Dp } },
  })),
);

/** Bias of the means of f and Dp in per cent, and root mean squared errors, of a tissue. */
function errorsOf(prior: TissuePrior, { name, tissue }: RegionTissue) {
  const { signals, truth } = simulatePhantom({
    ...{ bValues, voxels, S0: 1500, tissue, sigma: { constant: 1500 / snr } },
    seeds: { parameters: deriveSeed(1, name, 'parameters'), noise: deriveSeed(1, name, 'noise') },
  });
  const posterior = new PosteriorMean(bValues, prior, 'rician');
  const sums = { D: 0, f: 0, Dp: 0 };
  const squares = { D: 0, f: 0, Dp: 0 };
  for (let i = 0; i < signals.n; i++) {
    posterior.integrate(signals.values, i * bValues.length, signals.sigma![i]);
    for (const parameter of PARAMETERS) {
      sums[parameter] += posterior[parameter];
      squares[parameter] += (posterior[parameter] - truth[parameter][i]) ** 2;
    }
  }
  const bias = (parameter: 'f' | 'Dp') =>
    100 * Math.abs(sums[parameter] / (voxels * mean([...truth[parameter]])) - 1);
  const rmse = (parameter: 'D' | 'f' | 'Dp') => Math.sqrt(squares[parameter] / voxels);
  return { f: bias('f'), Dp: bias('Dp'), rmse: PARAMETERS.map(rmse) };
}

const groups = { OSIPI: constantTissues(), organs: organs(), 'f 0.6 to 0.9': perfused };
const columns = Object.keys(groups);
console.log(
  `mean size of the bias of region means, %, and RMSE on the study's tissue; ${voxels} voxels each, SNR ${snr}\n`,
);
console.log(
  `| prior | ${columns.map((name) => `f: ${name}`).join(' | ')} | ${columns.map((name) => `Dp: ${name}`).join(' | ')} | RMSE of D | f | Dp |`,
);
console.log(`| --- |${' ---: |'.repeat(2 * columns.length + 3)}`);
for (const [name, prior] of Object.entries(PRIORS)) {
  const found = Object.values(groups).map((tissues) => tissues.map((tissue) => errorsOf(prior, tissue)));
  const biases = (['f', 'Dp'] as const).flatMap((parameter) =>
    found.map((errors) => mean(errors.map((error) => error[parameter])).toFixed(1)),
  );
  const [ofD, ofF, ofDp] = errorsOf(prior, { name: 'study', tissue: TISSUES.study }).rmse;
  const errors = [(1000 * ofD).toFixed(3), ofF.toFixed(4), (1000 * ofDp).toFixed(1)];
  console.log(`| ${[name, ...biases, ...errors].join(' | ')} |`);
}
