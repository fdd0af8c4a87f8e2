import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import parameterRange from '../../experiments/parameter-range.ts';
import type { ParameterRangeConfig } from '../../experiments/parameter-range/config.ts';
import perSnr from '../../experiments/per-snr.ts';
import type { PerSnrConfig } from '../../experiments/per-snr/config.ts';
import { testDataOf, testVoxels, trainingDataOf, trainingVoxels } from '../../src/simulated/voxels.ts';
import stability from '../../experiments/stability.ts';
import type { StabilityConfig } from '../../experiments/stability/config.ts';
import trainingSize from '../../experiments/training-size.ts';
import type { TrainingSizeConfig } from '../../experiments/training-size/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { estimatesFromNpy } from '../../src/data/estimates-npy.ts';
import { signalResidual } from '../../src/metrics/runs/signal-residual.ts';
import type { TrainInput } from '../../src/repeated/train.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { refusal, scratch, smallNetworkStudy } from './small-network-study.ts';

const test = suite('experiments: training-size, per-snr, parameter-range, stability');

const small = {
  size: (set: string[] = []) =>
    smallNetworkStudy<TrainingSizeConfig>('training-size', ['sizes: [200, 600]'], set),
  snr: (set: string[] = []) => smallNetworkStudy<PerSnrConfig>('per-snr', [], set, ['training']),
  range: (set: string[] = []) =>
    smallNetworkStudy<ParameterRangeConfig>('parameter-range', ['Dp_up_to: [0.1, 0.2]'], set),
  stability: (set: string[] = []) => smallNetworkStudy<StabilityConfig>('stability', [], set),
};
const rowsOf = (results: ReadonlyMap<string, CellResult>): Row[] =>
  [...results.values()].flatMap(({ rows }) => [...rows]);
const at = (rows: readonly Row[], metric: string, factors: Row['factors'], parameter = ''): number =>
  rows.find(
    (row) =>
      row.metric === metric &&
      row.parameter === parameter &&
      JSON.stringify(Object.entries(row.factors).sort()) === JSON.stringify(Object.entries(factors).sort()),
  )!.value;

test('training-size: losses over all voxels are of the same voxels, those over their own are not', async () => {
  const config = await small.size();
  const results = await carryOut(trainingSize, config, join(scratch, 'size'));
  const rows = rowsOf(results);
  assert.equal(
    [...results.keys()].slice(0, 3),
    [1, 2, 3].map((run) => `run dnn training_voxels=600 ${run}`),
  );
  const nOf = (metric: string, size: number) =>
    rows.find(
      (row) => row.metric === metric && row.factors.training_voxels === size && row.factors.run === 1,
    )!.n;
  assert.equal([nOf('loss', 200), nOf('loss', 600)], [200, 600]);
  assert.equal([nOf('loss_all', 200), nOf('loss_all', 600)], [600, 600]);
  // Over the largest set both losses are one.
  assert.is(
    at(rows, 'loss_all', { training_voxels: 600, run: 2 }),
    at(rows, 'loss', { training_voxels: 600, run: 2 }),
  );
  const ratio =
    at(rows, 'median_loss_all', { training_voxels: 200 }) /
    at(rows, 'median_loss_all', { training_voxels: 600 });
  assert.is(at(rows, 'loss_all_ratio', { training_voxels: 200 }), ratio);
});

test('training-size: random subsets are of distinct voxels, new for every size and run, and the same again', async () => {
  const config = await small.size(['subsets=random']);
  const plan = await trainingSize.plan(config);
  const trainings = plan.flatMap((cell) => {
    const { preparation, run, protocol } = cell.input as Partial<TrainInput>;
    return preparation?.training && protocol ? { run, training: preparation.training, protocol } : [];
  });
  const voxelsOf = ({ training, protocol }: (typeof trainings)[number]) =>
    Array.from(trainingVoxels(protocol, training).truth.D);
  const few = trainings.filter(({ training }) => training.first === 200).map(voxelsOf);
  const [all] = trainings.filter(({ training }) => training.first === 600).map(voxelsOf);
  assert.equal([few.length, few[0].length, all.length], [3, 200, 600]);
  for (const own of few) {
    assert.is(new Set(own).size, 200);
    assert.ok(own.every((D) => all.includes(D)));
  }
  assert.not.equal(few[0].toSorted(), few[1].toSorted());
  assert.equal(few[0], voxelsOf(trainings.find(({ training, run }) => training.first === 200 && run === 1)!));
});

test('per-snr: every level is trained on its own test voxels, and the best is that of lowest loss', async () => {
  const config = await small.snr();
  const results = await carryOut(perSnr, config, join(scratch, 'snr'));
  const rows = rowsOf(results);
  const runs = [1, 2, 3].map((run) => ({
    loss: at(rows, 'loss', { snr: 20, run }),
    error: at(rows, 'rmse', { snr: 20, run }, 'D'),
  }));
  const sorted = runs.toSorted((a, b) => a.loss - b.loss);
  for (const [place, chosen] of ['best', 'median', 'worst'].entries()) {
    assert.is(at(rows, 'chosen_loss', { snr: 20, chosen }), sorted[place].loss);
    assert.is(at(rows, 'chosen_rmse', { snr: 20, chosen }, 'D'), sorted[place].error);
  }
  const middle = runs.map(({ error }) => error).sort((a, b) => a - b)[1];
  const worth = at(rows, 'best_rmse_ratio', { snr: 20 }, 'D');
  assert.is(worth, sorted[0].error / middle);
  const overall = at(rows, 'best_rmse_ratio', {}, 'D');
  assert.ok(Math.abs(overall - Math.sqrt(worth * at(rows, 'best_rmse_ratio', { snr: 50 }, 'D'))) < 1e-12);
  assert.is(rows.find(({ metric }) => metric === 'loss')!.n, config.data.voxels);
});

test('per-snr: a level is the same whichever others there are', async () => {
  const all = await keysOf(perSnr, await small.snr());
  const one = await keysOf(perSnr, await small.snr(['data.noise.snr=[20]']));
  for (const [id, key] of one) if (id.startsWith('run')) assert.is(all.get(id), key, id);
});

test('parameter-range: histograms are of all runs, over the density the truth was drawn from', async () => {
  const config = await small.range();
  const results = await carryOut(parameterRange, config, join(scratch, 'range'));
  const rows = rowsOf(results).filter(({ factors }) => factors.snr === 20);
  for (const end of [0.1, 0.2]) {
    const truth = rows.filter(
      (row) => row.metric === 'true_density' && row.parameter === 'Dp' && row.factors.Dp_up_to === end,
    );
    const area = truth.reduce(
      (sum, { value, factors }) => sum + value * ((factors.to as number) - (factors.from as number)),
      0,
    );
    assert.ok(Math.abs(area - 1) < 1e-9);
    const estimates = [1, 2, 3].map((run) =>
      estimatesFromNpy(results.get(`run dnn Dp_up_to=${end} ${run}`)!.files!.get('estimates-snr-20.npy')!),
    );
    const bin = rows.find(
      (row) =>
        row.metric === 'density' && row.parameter === 'f' && row.factors.Dp_up_to === end && row.value > 0,
    )!;
    const [from, to] = [bin.factors.from as number, bin.factors.to as number];
    const all = estimates.flatMap(({ f }) => [...f]);
    const inside = all.filter((value) => value >= from && value < to).length;
    assert.ok(Math.abs(bin.value - inside / all.length / (to - from)) < 1e-9);
    assert.is(bin.n, 900);
  }
  const own = trainingVoxels(
    config.protocol,
    trainingDataOf({
      ...config,
      data: { ...config.data, tissue: { ...config.data.tissue, Dp: { uniform: [0.01, 0.2] } } },
    })!,
  );
  const voxels = results.get('run dnn Dp_up_to=0.2 1')!.rows.find(({ metric }) => metric === 'loss')!;
  assert.is(voxels.n, own.signals.n);
});

const RANGE = 'data.noise={sigma: {uniform: [0, 165]}}';

test('parameter-range: test voxels of a range of noise draw a sigma each, as training voxels do', async () => {
  const config = await small.range([RANGE]);
  const data = testDataOf(config);
  const [{ sigma }] = data.noise;
  const { signals, truth } = testVoxels(config.protocol, data, sigma);
  const { values, scale } = trainingVoxels(config.protocol, {
    ...{ voxels: 300, S0: 1500, tissue: data.tissue, seeds: data.seeds },
    noise: { sigma: { uniform: [0, 165] } },
  }).signals;
  assert.equal(signals.values, values);
  const sigmas = signals.sigma!.map((relative, i) => relative * scale[i]);
  assert.ok(sigmas.every((each) => each >= 0 && each < 165 + 1e-9));
  // Quarters of the range are about equally frequent: 75 of 300, with a standard deviation of 7.5.
  for (const quarter of [0, 1, 2, 3]) {
    const own = sigmas.filter((each) => Math.floor((4 * each) / 165) === quarter).length;
    assert.ok(own > 45 && own < 105, String(own));
  }
  assert.equal(
    parameterRange.testVoxels!(config).map(({ factors }) => factors),
    [{ sigma: '0 to 165' }],
  );

  const results = await carryOut(parameterRange, config, join(scratch, 'range-of-noise'));
  const rows = rowsOf(results);
  assert.not.ok(rows.some(({ factors }) => 'snr' in factors));
  const files = results.get('run dnn Dp_up_to=0.1 2')!.files!;
  const { D } = estimatesFromNpy(files.get('estimates-sigma-0-165.npy')!);
  const squares = D.reduce((sum, value, i) => sum + (value - truth.D[i]) ** 2, 0);
  const error = at(rows, 'rmse', { Dp_up_to: 0.1, run: 2, sigma: '0 to 165' }, 'D');
  assert.ok(Math.abs(error / Math.sqrt(squares / 300) - 1) < 1e-12);
  const median = (end: number) => at(rows, 'median_rmse', { Dp_up_to: end, sigma: '0 to 165' }, 'D');
  const ratio = at(rows, 'rmse_ratio', { Dp_up_to: 0.2, sigma: '0 to 165' }, 'D');
  assert.is(ratio, median(0.2) / median(0.1));
});

test('parameter-range: a range of noise is another key than levels, and its ends are part of it', async () => {
  const sets = [[], [RANGE], ['data.noise={sigma: {uniform: [0, 150]}}']];
  const keys = await Promise.all(
    sets.map(async (set) => [...(await keysOf(parameterRange, await small.range(set))).values()]),
  );
  assert.is(new Set(keys.flat()).size, keys.flat().length);
});

test('a range of noise is refused where an SNR is needed, and where it is none', async () => {
  for (const [name, omit] of [
    ['depth', []],
    ['training-size', []],
    ['per-snr', ['training']],
    ['stability', []],
  ] as const) {
    const message = await refusal(name, name === 'training-size' ? ['sizes: [200]'] : [], [RANGE], omit);
    assert.match(
      message,
      'data.noise.sigma: found a range; allowed: a list of one or more numbers above 0, since',
    );
    assert.match(message, 'only parameter-range');
  }
  const range = (noise: string) => refusal('parameter-range', [], [`data.noise=${noise}`]);
  assert.match(await range('{sigma: {uniform: [165, 0]}}'), 'data.noise.sigma.uniform: found [165, 0]');
  assert.match(await range('{sigma: {normal: {mean: 4, sd: 2}}}'), 'unknown key normal; allowed: uniform');
  assert.match(await range('{snr: {uniform: [10, 20]}}'), 'data.noise.snr: found a mapping');
  assert.match(await range('{sigma: [20, 20]}'), 'data.noise.sigma[1]: found 20 twice');
});

test('stability: CV_NET as its formula says, from the estimates that runs left', async () => {
  const config = await small.stability();
  const results = await carryOut(stability, config, join(scratch, 'stability'));
  const rows = rowsOf(results);
  const estimates = [1, 2, 3].map((run) =>
    estimatesFromNpy(results.get(`run dnn ${run}`)!.files!.get('estimates-snr-20.npy')!),
  );
  const { truth, signals } = testVoxels(config.protocol, testDataOf(config), 75);
  let variance = 0;
  for (let i = 0; i < truth.n; i++) {
    const values = estimates.map(({ f }) => f[i]);
    const mean = (values[0] + values[1] + values[2]) / 3;
    variance += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3 / truth.n;
  }
  const mean = truth.f.reduce((sum, value) => sum + value, 0) / truth.n;
  const cv = at(rows, 'cv_net', { snr: 20 }, 'f');
  assert.ok(Math.abs(cv / (Math.sqrt(variance) / mean) - 1) < 1e-9);
  assert.ok(Number.isFinite(signalResidual(signals, estimates[0])));
  const each = [1, 2, 3].map((run) => at(rows, 'rank_correlation_Dp_f', { snr: 20, run }));
  const expected = each.reduce((sum, rho) => sum + Math.abs(rho) / 3, 0);
  assert.ok(Math.abs(at(rows, 'mean_rank_correlation_Dp_f', { snr: 20 }) - expected) < 1e-12);
});

test('stability takes any list of fitters that train', async () => {
  const two = 'fitters=[{use: dnn, epochs: 2}, {use: dnn, name: wide, width: 16, epochs: 2}]';
  const keys = await keysOf(stability, await small.stability([two]));
  assert.equal(
    [...keys.keys()].filter((id) => id.startsWith('compare')),
    ['compare dnn', 'compare wide'],
  );
});

test('networks that train on voxels of their own are repeated too, others are not', async () => {
  const posterior = 'fitters=[{use: posterior-net, width: 8, epochs: 1, exactVoxels: 2}, {use: segmented}]';
  const results = await carryOut(parameterRange, await small.range([posterior]), join(scratch, 'own-voxels'));
  const ids = [...results.keys()].filter((id) => id.includes('Dp_up_to=0.1'));
  assert.equal(ids, [
    ...[1, 2, 3].map((run) => `run posterior-net Dp_up_to=0.1 ${run}`),
    'run segmented Dp_up_to=0.1 1',
  ]);
  const errors = ids
    .slice(0, 3)
    .map((id) => at(results.get(id)!.rows, 'rmse', { Dp_up_to: 0.1, run: Number(id.at(-1)), snr: 20 }, 'D'));
  assert.is(new Set(errors).size, 3);
  // Loss and epochs are told of the voxels a network is given.
  assert.not.ok(results.get(ids[0])!.rows.some(({ metric }) => metric === 'loss'));
  const keys = await keysOf(stability, await small.stability(['fitters=[posterior-net]']));
  assert.is(keys.size, 4);
});

test('what does not fit is refused', async () => {
  const size = (set: string) => refusal('training-size', ['sizes: [200, 600]'], [set]);
  assert.match(await size('sizes=[200, 601]'), 'sizes[1]: found 601; allowed: up to the voxels there are');
  assert.match(await size('fitters=[map]'), 'found map, which is not trained on voxels');
  const range = (set: string) => refusal('parameter-range', ['Dp_up_to: [0.1]'], [set]);
  assert.match(
    await range('Dp_up_to=[0.01]'),
    'found 0.01; allowed: above the lower end of data.tissue.Dp (0.01)',
  );
  assert.match(
    await range('data.tissue.f={constant: 0.2}'),
    'data.tissue.f: found another distribution; allowed: uniform',
  );
  assert.match(
    await refusal('stability', [], ['fitters=[ls]']),
    'found ls, which trains nothing; allowed: fitters that train',
  );
  assert.match(await refusal('per-snr', [], []), 'training');
});

test('shipped configs plan what they say', async () => {
  const shipped = async (name: string) =>
    (await loadConfig(fileURLToPath(new URL(`../../configs/${name}.yaml`, import.meta.url)))).config;
  assert.is((await keysOf(trainingSize, (await shipped('training-size')) as TrainingSizeConfig)).size, 41);
  assert.is((await keysOf(perSnr, (await shipped('per-snr')) as PerSnrConfig)).size, 101);
  assert.is(
    (await keysOf(parameterRange, (await shipped('parameter-range')) as ParameterRangeConfig)).size,
    21,
  );
  // Fifty trainings and a comparison for each of two fitters.
  assert.is((await keysOf(stability, (await shipped('stability')) as StabilityConfig)).size, 102);
});

test.run();
