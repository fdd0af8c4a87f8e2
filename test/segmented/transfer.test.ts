import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import segmentationTransfer from '../../experiments/segmentation-transfer.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { RunManifest } from '../../src/contracts/stored-run.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import type { SegmentationTransferConfig } from '../../src/segmented/transfer-config.ts';
import { transferSets, transferTrainings } from '../../src/segmented/transfer-plan.ts';
import { peopleNeeded } from '../../src/segmented/transfer-summary.ts';
import table from '../../src/tables/segmentation-transfer.ts';
import { near } from '../agreement/near.ts';
import { refused } from '../data/refused.ts';
import { keysOf } from '../experiments/carry-out.ts';
import { segmentationTransferRows } from '../tables/segmentation-transfer-rows.ts';

const test = suite('segmented: transfer');

const smoke = 'configs/segmentation-transfer-smoke.yaml';
const load = async (...set: string[]) =>
  (await loadConfig(smoke, { set })).config as SegmentationTransferConfig;

test('nobody is in two of the sets, and smaller sets of a draw are part of its larger ones', () => {
  const random = new QuickRandom(8);
  const some = (most: number) => 1 + Math.floor(most * random.uniform());
  for (let seed = 0; seed < 100; seed++) {
    const sizes = [some(3), 3 + some(9), 12 + some(20)];
    const study = {
      seed,
      from: { people: some(40), validation: some(5) },
      to: { test: some(30), sizes, fineTuned: [some(4), 4 + some(3)], draws: some(3) },
    } as unknown as SegmentationTransferConfig;
    const sets = transferSets(study);
    const all = Object.values(sets).flat();
    assert.is(new Set(all).size, all.length);
    const trainings = transferTrainings(study);
    for (const { training, people, draw } of trainings) {
      assert.is(new Set(training).size, people);
      assert.ok(training.every((name) => sets.pool.includes(name)));
      const larger = trainings.filter((each) => each.draw === draw && each.people > people);
      assert.ok(larger.every((each) => training.every((name) => each.training.includes(name))));
    }
  }
});

test('people needed: at a size, between two, beyond the ends, and where the curve falls', () => {
  const curve = [2, 4, 8].map((people, i) => ({ people, dice: [0.5, 0.7, 0.8][i] }));
  for (const { people, dice } of curve) near(peopleNeeded(curve, dice), people, 1e-12);
  near(peopleNeeded(curve, 0.6), Math.sqrt(8), 1e-12);
  assert.equal([peopleNeeded(curve, 0.1), peopleNeeded(curve, 0.9)], [2, 8]);
  const falling = [2, 4, 8].map((people, i) => ({ people, dice: [0.5, 0.4, 0.6][i] }));
  near(peopleNeeded(falling, 0.55), Math.sqrt(32), 1e-12);
});

const rows = segmentationTransferRows();
const value = (metric: string, start: string, people: number) =>
  rows.find((row) => row.metric === metric && row.factors.start === start && row.factors.people === people)!;

test('what fine-tuning saves is what training from scratch needs for the same Dice, less its own people', () => {
  near(value('people_needed', 'fine-tuned', 2).value, 8, 1e-9);
  near(value('people_saved', 'fine-tuned', 2).value, 6, 1e-9);
  near(value('transfer_dice_difference', 'fine-tuned', 2).value, 0.2, 1e-9);
  // Below the curve: the smallest of its sizes.
  near(value('people_needed', 'as it is', 0).value, 1, 1e-9);
  near(value('transfer_dice', 'from scratch', 4).value, 0.6, 1e-9);
});

test('the table lists the network as it is, fine-tuned and from scratch; the figure draws them', async () => {
  const manifest = { config: {} } as unknown as RunManifest;
  const { lines } = table.build(rows, manifest)!;
  assert.equal(
    lines.map(({ values }) => values.slice(0, 2)),
    [['as it is', 0], ['fine-tuned', 2], ...[1, 2, 4, 8].map((people) => ['from scratch', people])],
  );
  assert.is(table.build([], manifest), null);
  const { value: figure } = await loadFigure('segmentation-transfer');
  assert.is((figure.draw(rows, [], manifest) as unknown as { layer: unknown[] }).layer.length, 4);
  assert.is(figure.draw([], [], manifest), null);
});

test('a rate of fine-tuning changes what is fine-tuned and the summary alone', async () => {
  const one = await keysOf(segmentationTransfer, await load());
  const other = await keysOf(segmentationTransfer, await load('to.rate=0.002'));
  const changed = [...one].filter(([id, key]) => other.get(id) !== key).map(([id]) => id);
  assert.equal(changed.sort(), [
    'summary',
    'train fine-tuned people=1 draw=1',
    'train fine-tuned people=2 draw=1',
  ]);
});

test('wrong studies are refused in a line', async () => {
  await refused(() => load('to.field=3T'), /to\.field.*found 3T in both/);
  await refused(() => load('from.field=7T'), /from\.field.*found 7T; allowed: 1\.5T, 3T/);
  await refused(() => load('to.sizes=[4, 2]'), /sizes.*found 4, 2; allowed: ascending/);
});

test.run();
