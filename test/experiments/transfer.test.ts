import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testDataOf, testVoxels } from '../../src/simulated/voxels.ts';
import transfer from '../../experiments/transfer.ts';
import { underCondition, type TransferConfig } from '../../experiments/transfer/config.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { signalsAt } from '../../src/data/signals-at.ts';
import dnn from '../../src/fitters/dnn.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { refusal, scratch, smallNetworkStudy } from './small-network-study.ts';

const test = suite('experiments: transfer');

const OWN = [
  'conditions:',
  '  - { name: study }',
  '  - { name: other, protocol: kaandorp-2021 }',
  '  - { name: brain, tissue: { D: { uniform: [0.0005, 0.0012] }, f: { uniform: [0.02, 0.15] }, Dp: { uniform: [0.005, 0.03] } } }',
  'tuning: [50, 200]',
];
const FITTERS = 'fitters=[{use: dnn, batch: 64, epochs: 4}, {use: any-protocol-net, prior: study}]';
const small = (set: string[] = []) =>
  smallNetworkStudy<TransferConfig>('transfer', OWN, [FITTERS, ...set], ['runs']);
const done = await carryOut(transfer, await small(), join(scratch, 'transfer'));
const names = ['study', 'other', 'brain'];

test('a training per condition, a use under every other, and what needs no training beside', () => {
  assert.equal(
    [...done.keys()].sort(),
    [
      ...names.map((name) => `train dnn on ${name}`),
      ...names.flatMap((from) =>
        names
          .filter((on) => on !== from)
          .flatMap((on) => [0, 50, 200].map((voxels) => `carry dnn from ${from} to ${on}, ${voxels} voxels`)),
      ),
      ...names.map((name) => `use any-protocol-net on ${name}`),
    ].sort(),
  );
});

const find = (id: string, metric: string, snr: number) =>
  done
    .get(id)!
    .rows.find((row) => row.metric === metric && row.factors.snr === snr && row.parameter === 'f')!;

test('a network is used at the b-values it knows, and held against the one trained there', async () => {
  const config = await small();
  const other = underCondition(config, 'other');
  const { signals, truth } = testVoxels(other.protocol, testDataOf(other), 75);
  const rmseOf = async (on: string, given: typeof signals) => {
    const files = done.get(`train dnn on ${on}`)!.files!;
    const ready = await dnn.prepare(
      { bValues: given.bValues, seed: 0, model: { files } },
      dnn.settings!.parse({}),
    );
    const out = allocateEstimates(given.n);
    await ready.fit(given, out);
    return Math.sqrt(out.f.reduce((sum, f, i) => sum + (f - truth.f[i]) ** 2, 0) / given.n);
  };
  const carried = await rmseOf('study', signalsAt(signals, Float64Array.from(config.protocol.bValues)));
  const own = await rmseOf('other', signals);
  const id = 'carry dnn from study to other, 0 voxels';
  assert.ok(Math.abs(find(id, 'rmse', 20).value / carried - 1) < 1e-9);
  const ratio = find(id, 'rmse_ratio', 20);
  assert.ok(Math.abs(ratio.value / (carried / own) - 1) < 1e-9);
  assert.ok(ratio.ciLow < ratio.value && ratio.value < ratio.ciHigh);
  assert.equal(ratio.factors, { trained_on: 'study', used_on: 'other', tuned_on: 0, snr: 20 });
});

test('trained further it is another network', () => {
  const value = (voxels: number) => find(`carry dnn from study to brain, ${voxels} voxels`, 'rmse', 20).value;
  assert.is(new Set([0, 50, 200].map(value)).size, 3);
});

test('a fitter that needs no training is under every condition what it is', () => {
  const row = find('use any-protocol-net on brain', 'rmse_ratio', 50);
  assert.equal(row.factors, { used_on: 'brain', tuned_on: 0, snr: 50 });
  assert.ok(row.value > 0 && row.value < 1, `${row.value} of a network trained for a moment`);
});

test('keys change with what decides a cell, and with nothing else', async () => {
  const [before, after] = [
    await keysOf(transfer, await small()),
    await keysOf(transfer, await small(['tuning=[50]'])),
  ];
  for (const [id, key] of after) assert.is(before.get(id), key, id);
  const other = await keysOf(transfer, await small(['conditions.1.protocol=osipi-brain']));
  const changed = [...before].filter(([id, key]) => other.get(id) !== key).map(([id]) => id);
  assert.equal(changed.sort(), [...before.keys()].filter((id) => id.includes('other')).sort());
});

test('of several trainings the one that ends with the lowest loss is kept', async () => {
  const few = ['conditions=[{name: study}, {name: brain}]', 'tuning=[50]', 'bestOf=4'];
  const best = await carryOut(transfer, await small(few), join(scratch, 'best'));
  const lossOf = (files: ReadonlyMap<string, Uint8Array>) => {
    const text = new TextDecoder().decode(files.get('manifest.json'));
    return (JSON.parse(text) as { training: { losses: { loss: number }[] } }).training.losses.at(-1)!.loss;
  };
  const losses = ['study', 'brain'].map((on) =>
    [best, done].map((cells) => lossOf(cells.get(`train dnn on ${on}`)!.files!)),
  );
  for (const [ofFour, ofOne] of losses) assert.ok(ofFour <= ofOne);
  assert.ok(losses.some(([ofFour, ofOne]) => ofFour < ofOne));
});

test('refuses what can not be carried out', async () => {
  const refused = (set: string) => refusal('transfer', OWN, [FITTERS, set], ['runs']);
  assert.match(await refused('conditions.1.name=study'), 'found study twice');
  assert.match(await refused('tuning=[5000]'), 'found 5000; allowed: up to the 600 voxels of training');
  assert.match(await refused('fitters=[ls]'), 'found none that trains');
  assert.match(await refused('conditions.1.protocol=kaandorp'), 'kaandorp-2021');
});

test.run();
