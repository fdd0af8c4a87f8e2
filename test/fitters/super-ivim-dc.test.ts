import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FitTask, TissuePrior } from '../../src/contracts/fitter.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import type { Estimates, LabelledSignals } from '../../src/contracts/voxels.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import superIvimDc from '../../src/fitters/super-ivim-dc.ts';

const test = suite('super-ivim-dc');

/** The authors' simulation: SNR 10, tissue of Kaandorp 2021. */
const bValues = Float64Array.of(0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700);
const tissue: TissuePrior = {
  D: { uniform: [0.0005, 0.003] },
  f: { uniform: [0.05, 0.55] },
  Dp: { uniform: [0.01, 0.1] },
};
const simulated = (voxels: number, seed: number): LabelledSignals =>
  simulatePhantom({
    bValues,
    voxels,
    S0: 10,
    tissue,
    sigma: { constant: 1 },
    seeds: { parameters: seed, noise: seed + 1 },
  });
const task = (voxels: LabelledSignals): FitTask => ({
  bValues,
  seed: 3,
  tissue,
  training: async () => voxels,
});
const settings = (given: Record<string, unknown> = {}) => superIvimDc.settings!.parse(given);
const unseen = simulated(4000, 21);

async function errorsOf(given: Record<string, unknown>): Promise<Record<'D' | 'f' | 'Dp', number>> {
  const prepared = await superIvimDc.prepare(task(simulated(20_000, 1)), settings(given));
  const out: Estimates = allocateEstimates(unseen.signals.n);
  await prepared.fit(unseen.signals, out);
  const rmse = (name: 'D' | 'f' | 'Dp') =>
    Math.sqrt(out[name].reduce((sum, x, i) => sum + (x - unseen.truth[name][i]) ** 2, 0) / out.n);
  return { D: rmse('D'), f: rmse('f'), Dp: rmse('Dp') };
}

test('learns from truth: nearer to it than the spread of the tissue, and than without supervision', async () => {
  const brief = { learningRate: 1e-3, epochs: 25 };
  const taught = await errorsOf(brief);
  // Standard deviations of uniform distributions are what answering the mean would err by.
  const spread = { D: 0.0025, f: 0.5, Dp: 0.09 };
  for (const name of ['D', 'f', 'Dp'] as const)
    assert.ok(taught[name] < (0.95 * spread[name]) / Math.sqrt(12), `${name} ${taught[name]}`);
  const alone = await errorsOf({ ...brief, supervision: { D: 0, f: 0, Dp: 0 }, consistency: 1 });
  assert.ok(taught.Dp < 0.9 * alone.Dp, `Dp ${taught.Dp} and ${alone.Dp}`);
});

test('the defaults are those of the authors', () => {
  assert.equal(settings(), {
    depth: 4,
    width: 'b-values',
    batchNorm: true,
    dropout: 0.1,
    ranges: { S0: [0.7, 1.3], D: [-0.0001, 0.005], f: [-0.05, 0.7], Dp: [-0.05, 0.3] },
    widen: 0,
    engine: 'auto',
    learningRate: 1e-4,
    weightDecay: 1e-4,
    batch: 128,
    iterations: 500,
    epochs: 1000,
    patience: 10,
    trainFraction: 0.9,
    restore_best: 'best',
    supervision: { D: 20_000, f: 80, Dp: 200 },
    consistency: 0.1,
  });
});

test('a scan, whose truth nobody knows, is refused', async () => {
  const { signals, truth } = simulated(500, 3);
  const unknown = { ...truth, D: truth.D.map(() => NaN) };
  try {
    await superIvimDc.prepare(task({ signals, truth: unknown }), settings());
  } catch (error) {
    assert.instance(error, InputError);
    return assert.match((error as InputError).message, /learns from voxels whose truth is known/);
  }
  assert.unreachable('not refused');
});

test.run();
