/**
 * What a wrong noise level does to the intervals of the default network: coverage of its 95 % intervals in per cent, on voxels of
 * its own prior, for noise levels that are taken 15 % too low, right, and 15 % too high. docs/fit.md quotes it.
 *
 *     node --import tsx scripts/statistics/wrong-sigma.ts [VOXELS=20000]
 */
import { allocateEstimates, PARAMETERS, QUANTILE_LEVELS } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { TISSUES } from '../../src/fitters/any-protocol-net/manifest.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { prepare } from '../../src/preparation/prepare.ts';

const [voxels = 20_000] = process.argv.slice(2).map(Number);
const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const name = 'any-protocol-net';
const { value: fitter } = await loadFitter(name);
const settings: unknown = fitter.settings!.parse({});
const { ready } = await prepare({ name, fitter, settings, bValues, seed: 1 });
const width = QUANTILE_LEVELS.length;

console.log('| SNR | noise taken as | D | f | Dp |\n| ---: | ---: | ---: | ---: | ---: |');
for (const snr of [10, 20, 50, 100]) {
  const { signals, truth } = simulatePhantom({
    ...{ bValues, voxels, S0: 1500, sigma: { constant: 1500 / snr }, tissue: TISSUES.body },
    seeds: { parameters: 1, noise: 2 },
  });
  for (const factor of [0.85, 1, 1.15]) {
    const { quantiles } = await estimated(factor);
    const coverage = PARAMETERS.map((parameter) => {
      const held = truth[parameter].filter((value, i) => {
        const [low, high] = [quantiles![parameter][i * width], quantiles![parameter][i * width + width - 1]];
        return low <= value && value <= high;
      });
      return ((100 * held.length) / voxels).toFixed(1);
    });
    console.log(`| ${snr} | ${factor} | ${coverage.join(' | ')} |`);
  }

  async function estimated(factor: number) {
    const out = allocateEstimates(voxels, { sd: true, quantiles: true });
    await ready.fit({ ...signals, sigma: signals.sigma!.map((sigma) => sigma * factor) }, out);
    return out;
  }
}
