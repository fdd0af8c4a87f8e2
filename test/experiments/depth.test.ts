import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import depth from '../../experiments/depth.ts';
import type { DepthConfig } from '../../experiments/depth/config.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { testDataOf, testVoxels, trainingDataOf, trainingVoxels } from '../../src/simulated/voxels.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import dnn from '../../src/fitters/dnn.ts';
import { signalResidual } from '../../src/metrics/runs/signal-residual.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { refusal, scratch, smallNetworkStudy } from './small-network-study.ts';

const test = suite('experiments: depth');

const OWN = ['depths: [0, 2]', 'reference: 2'];
const small = (set: string[] = []) => smallNetworkStudy<DepthConfig>('depth', OWN, set);
const done = await carryOut(depth, await small(), join(scratch, 'depth'));

test('a cell for every training, and one that compares them', () => {
  const runs = [2, 0].flatMap((layers) => [1, 2, 3].map((run) => `run dnn depth=${layers} ${run}`));
  assert.equal([...done.keys()], [...runs, 'compare dnn']);
});

test('a run leaves its loss, its epochs and its errors at every noise level', async () => {
  const config = await small();
  const { rows } = done.get('run dnn depth=2 1')!;
  const find = (metric: string, snr?: number) =>
    rows.find(
      (row) =>
        row.metric === metric && row.factors.snr === snr && (snr === undefined || row.parameter === 'D'),
    )!;

  const { signals, truth } = trainingVoxels(config.protocol, trainingDataOf(config)!);
  const settings = dnn.settings!.parse({ batch: 64, epochs: 4, depth: 2 });
  const task = {
    bValues: signals.bValues,
    seed: deriveSeed(7, 'prepare', 'dnn', 'repeat', 1),
    training: async () => ({ signals, truth }),
  };
  const ready = await dnn.prepare(task, settings);
  const own = allocateEstimates(signals.n);
  await ready.fit(signals, own);
  assert.is(find('loss').value, signalResidual(signals, own));
  assert.is(find('loss').n, 600);
  assert.is(find('epochs').value, ready.losses!.length);
  assert.equal(find('loss').factors, { depth: 2, run: 1 });

  const level = testVoxels(config.protocol, testDataOf(config), 75);
  const out = allocateEstimates(300);
  await ready.fit(level.signals, out);
  const squares = out.D.map((D, i) => (D - level.truth.D[i]) ** 2);
  const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 300);
  assert.ok(Math.abs(find('rmse', 20).value / rmse - 1) < 1e-12);
});

test('runs differ in their seed alone, and a run of one number begins alike at every depth', async () => {
  const losses = ['depth=0 1', 'depth=0 2', 'depth=0 3'].map(
    (id) => done.get(`run dnn ${id}`)!.rows.find(({ metric }) => metric === 'loss')!.value,
  );
  assert.is(new Set(losses).size, 3);
  const seeds = [...done].filter(([id]) => id.startsWith('run')).map(([, { facts }]) => facts!.seed);
  assert.equal(seeds.slice(0, 3), seeds.slice(3));
  assert.is(new Set(seeds).size, 3);
});

test('no result depends on the order of depths or on how many runs there are', async () => {
  const [one, other] = [
    await keysOf(depth, await small()),
    await keysOf(depth, await small(['depths=[2,0]', 'runs=5'])),
  ];
  for (const [id, key] of one) assert.is(other.get(id) === key, id.startsWith('run'), id);
  const again = await carryOut(
    depth,
    await small(['depths=[0]', 'reference=0', 'runs=2']),
    join(scratch, 'fewer'),
  );
  assert.equal(again.get('run dnn depth=0 2')!.rows, done.get('run dnn depth=0 2')!.rows);
});

test('comparisons are medians over runs and ratios to the reference; three runs give no interval', () => {
  const { rows } = done.get('compare dnn')!;
  const losses = (layers: number) =>
    [1, 2, 3].map(
      (run) =>
        done.get(`run dnn depth=${layers} ${run}`)!.rows.find(({ metric }) => metric === 'loss')!.value,
    );
  const middle = (layers: number) => losses(layers).sort((a, b) => a - b)[1];
  const find = (metric: string, layers: number) =>
    rows.find((row) => row.metric === metric && row.factors.depth === layers);
  assert.is(find('median_loss', 0)!.value, middle(0));
  assert.is(find('loss_ratio', 0)!.value, middle(0) / middle(2));
  assert.is(find('loss_ratio', 2), undefined);
  // The lowest and the highest of three runs hold the median in 75 % of samples only: five are the fewest with an interval.
  const { ciLow, ciHigh } = find('median_loss', 0)!;
  assert.ok(Number.isNaN(ciLow) && Number.isNaN(ciHigh));
  assert.is(rows.filter(({ metric }) => metric === 'median_rmse').length, 2 * 2 * 3);
});

test('what does not fit is refused', async () => {
  const refused = (...set: string[]) => refusal('depth', OWN, set);
  assert.match(
    await refused('fitters=[ls]'),
    'found ls, which is not trained on voxels it is given; allowed: fitters that are',
  );
  assert.match(await refused('depths=[2,33]'), 'found dnn, which has no depth 33');
  assert.match(await refused('reference=3'), 'reference: found 3; allowed: one of the depths, 0, 2');
  assert.match(await refused('depths=[2,2]'), 'depths: found one twice');
  assert.match(await refused('runs=1'), 'runs: found 1; allowed: an integer from 2 to 1000');
});

test("the study's config plans ten trainings at each of ten depths", async () => {
  const { config } = await loadConfig(fileURLToPath(new URL('../../configs/depth.yaml', import.meta.url)));
  assert.is((await keysOf(depth, config as DepthConfig)).size, 101);
});

test.run();
