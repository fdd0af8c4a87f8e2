/**
 * How far the mean over a region is from the truth with a fixed prior, with one that is learned from the region, and with one
 * that is learned from several regions together, and how often the 95 % intervals of voxels hold the truth: the tables of
 * docs/region-means.md.
 *
 *     node --import tsx scripts/statistics/region-bias.ts [VOXELS=500] [SNR=20] [REPEATS=4]
 */
import { mean } from 'simple-statistics';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import { allocateEstimates, PARAMETERS, QUANTILE_LEVELS } from '../../src/contracts/voxels.ts';
import type { Estimates, LabelledSignals, Parameters, Signals } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { constantTissues, organs } from './region-tissues.ts';
import type { RegionTissue } from './region-tissues.ts';

const [voxels = 500, snr = 20, repeats = 4] = process.argv.slice(2, 5).map(Number);
const S0 = 1500;

const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const WAYS = [
  { label: 'fixed', fitter: 'any-protocol-net', learnFrom: 'region' },
  { label: 'region', fitter: 'hierarchical', learnFrom: 'region' },
  { label: 'group', fitter: 'hierarchical', learnFrom: 'group' },
] as const;

/** Each tissue has noise of its own. */
function simulate({ name, tissue }: RegionTissue, repeat: number): LabelledSignals {
  return simulatePhantom({
    ...{ bValues, voxels, S0, tissue, sigma: { constant: S0 / snr } },
    seeds: {
      parameters: deriveSeed(repeat, name, 'parameters'),
      noise: deriveSeed(repeat, name, 'noise'),
    },
  });
}

/** The voxels of several regions, one after another. */
function together(regions: readonly LabelledSignals[]): Signals {
  const joined = (pick: (signals: Signals) => Float64Array) =>
    Float64Array.from(regions.flatMap(({ signals }) => [...pick(signals)]));
  return {
    bValues: regions[0].signals.bValues,
    n: voxels * regions.length,
    values: joined(({ values }) => values),
    scale: joined(({ scale }) => scale),
    sigma: joined(({ sigma }) => sigma!),
  };
}

/** Bias of the mean and coverage, both in per cent, by tissue and parameter. */
class Tally {
  readonly #sums = new Map<string, { estimates: number; truth: number; held: number; count: number }>();

  add(tissue: string, estimates: Estimates, truth: Parameters): void {
    const last = QUANTILE_LEVELS.length - 1;
    for (const parameter of PARAMETERS) {
      const key = `${tissue} ${parameter}`;
      const sums = this.#sums.get(key) ?? { estimates: 0, truth: 0, held: 0, count: 0 };
      this.#sums.set(key, sums);
      for (let i = 0; i < truth.n; i++) {
        sums.estimates += estimates[parameter][i];
        sums.truth += truth[parameter][i];
        const at = i * QUANTILE_LEVELS.length;
        const [low, high] = [estimates.quantiles![parameter][at], estimates.quantiles![parameter][at + last]];
        if (low <= truth[parameter][i] && truth[parameter][i] <= high) sums.held++;
        sums.count++;
      }
    }
  }

  of(tissue: string, parameter: string): { bias: number; coverage: number } {
    const { estimates, truth, held, count } = this.#sums.get(`${tissue} ${parameter}`)!;
    return { bias: 100 * (estimates / truth - 1), coverage: (100 * held) / count };
  }
}

async function prepared(name: string, learnFrom: Signals, repeat: number): Promise<PreparedFitter> {
  const { value: fitter } = await loadFitter(name);
  const settings: unknown = fitter.settings?.parse({});
  const { ready } = await prepare({
    ...{ name, fitter, settings, bValues: learnFrom.bValues, seed: 1 + repeat },
    allVoxels: () => learnFrom,
  });
  return ready;
}

for (const group of [constantTissues(), organs()]) {
  const tallies = WAYS.map(() => new Tally());
  for (let repeat = 0; repeat < repeats; repeat++) {
    const regions = group.map((tissue) => simulate(tissue, repeat));
    const all = together(regions);
    for (const [w, { fitter, learnFrom }] of WAYS.entries()) {
      const shared = learnFrom === 'group' ? await prepared(fitter, all, repeat) : undefined;
      for (const [r, { signals, truth }] of regions.entries()) {
        const ready = shared ?? (await prepared(fitter, signals, repeat));
        const estimates = allocateEstimates(voxels, { sd: true, quantiles: true });
        await ready.fit(signals, estimates);
        tallies[w].add(group[r].name, estimates, truth);
      }
    }
  }
  for (const [title, key] of [
    ['bias of the mean, %', 'bias'],
    ['coverage of 95 % intervals, %', 'coverage'],
  ] as const) {
    console.log(`\n${title}; ${voxels} voxels per region, SNR ${snr}, mean over ${repeats} draws\n`);
    console.log(
      `| tissue | ${PARAMETERS.flatMap((p) => WAYS.map(({ label }) => `${p}: ${label}`)).join(' | ')} |`,
    );
    console.log(`| --- |${' ---: |'.repeat(PARAMETERS.length * WAYS.length)}`);
    for (const { name } of group) {
      const cells = PARAMETERS.flatMap((p) => tallies.map((tally) => tally.of(name, p)[key].toFixed(1)));
      console.log(`| ${name} | ${cells.join(' | ')} |`);
    }
    const means = PARAMETERS.flatMap((p) =>
      tallies.map((tally) => {
        const values = group.map(({ name }) => tally.of(name, p)[key]);
        return mean(key === 'bias' ? values.map(Math.abs) : values).toFixed(1);
      }),
    );
    console.log(`| mean${key === 'bias' ? ' size' : ''} | ${means.join(' | ')} |`);
  }
}
