import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import architectures from '../../experiments/architectures.ts';
import type { ArchitecturesConfig } from '../../experiments/architectures/config.ts';
import liverFibrosis from '../../experiments/liver-fibrosis.ts';
import { decodeScores, SCORES } from '../../src/classified/scores.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import { asProcess } from '../commands/command-line.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';

const test = suite('experiments: architectures');
const scratch = scratchFolder();

const LINES = [
  'experiment: architectures',
  'seed: 7',
  'data: { virtual: { cases: 40, auc: 0.98, image: { shape: [8, 8, 8], voxel: [32, 32, 32] } } }',
  'population: 20',
  'splits: { count: 2, test: 0.2, validation: 0.1 }',
  'seeds: 1',
  'engine: wasm',
  'training: { epochs: 2 }',
  'models:',
  '  - { use: cnn3d, channels: [2], units: 4 }',
  '  - { use: mlp, units: [] }',
];
const TRANSFER = 'transfer: { scanner: { sequences: { T1w: { TR: 300 } } }, cases: [8, 12], splits: 1 }';

const configs = writtenConfigs<ArchitecturesConfig>(scratch);
const written = (lines: readonly string[]): string => configs.written(lines.join('\n') + '\n');
const configOf = (lines: readonly string[]): Promise<ArchitecturesConfig> =>
  configs.configOf(lines.join('\n') + '\n');

let results: Map<string, CellResult>;
test.before(async () => {
  results = await carryOut(architectures, await configOf([...LINES, TRANSFER]), join(scratch, 'run'));
});
const weightsOf = (id: string) => {
  const { files } = results.get(id)!;
  const { weights } = JSON.parse(new TextDecoder().decode(files!.get('learner.json'))) as {
    weights: { shape: number[] }[];
  };
  const numbers = new Float32Array(files!.get('learner.f32')!.slice().buffer);
  let at = 0;
  // Each weight is followed by its two moments.
  return weights.flatMap(({ shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const own = [...numbers.subarray(at, at + count)];
    at += 3 * count;
    return own;
  });
};
const scoresOf = (id: string) => decodeScores(results.get(id)!.files!.get(SCORES)!);

test('every network with and without augmentation; the first is transferred as it is, tuned and from scratch', () => {
  const trained = (name: string, splits: readonly number[]) =>
    splits.map((split) => `train ${name} split=${split} seed=1`);
  const wanted = [
    ...['cnn3d', 'mlp', 'cnn3d no augmentation', 'mlp no augmentation'].flatMap((name) =>
      trained(name, [1, 2]),
    ),
    ...[0, 8, 12].flatMap((n) => trained(`cnn3d other scanner, fine-tuned ${n} cases`, [1])),
    ...[8, 12].flatMap((n) => trained(`cnn3d other scanner, from scratch ${n} cases`, [1])),
  ];
  assert.equal([...results.keys()].filter((id) => id.startsWith('train ')).sort(), wanted.sort());
});

test('a network that is used as it is has the weights it was trained to, and no training case', () => {
  const [own, moved] = [
    'train cnn3d split=1 seed=1',
    'train cnn3d other scanner, fine-tuned 0 cases split=1 seed=1',
  ];
  assert.equal(weightsOf(moved), weightsOf(own));
  assert.equal(
    scoresOf(moved).map(({ set }) => set),
    ['validation', 'test', 'population'],
  );
  assert.not.equal(scoresOf(moved)[2].scores, scoresOf(own)[3].scores, 'the images are of another scanner');
});

test('fine-tuning goes on from these weights; it sees as many cases as asked for, and no validation case', () => {
  const scale = (id: string) => new TextDecoder().decode(results.get(id)!.files!.get('scale.json'));
  for (const n of [8, 12]) {
    const [tuned, scratch] = ['fine-tuned', 'from scratch'].map(
      (how) => `train cnn3d other scanner, ${how} ${n} cases split=1 seed=1`,
    );
    assert.is(scoresOf(tuned)[0].subjects.length, n);
    assert.equal(scoresOf(tuned)[0].subjects, scoresOf(scratch)[0].subjects);
    const own = 'train cnn3d split=1 seed=1';
    const distance = (id: string) => {
      const from = weightsOf(own);
      return Math.sqrt(weightsOf(id).reduce((sum, value, i) => sum + (value - from[i]) ** 2, 0));
    };
    assert.ok(distance(tuned) > 0 && distance(tuned) < distance(scratch) / 3, `${n} cases`);
    assert.is(scale(tuned), scale(own), 'the scale of the images belongs to the network');
    assert.is.not(scale(scratch), scale(own));
    for (const id of [tuned, scratch]) {
      const { rows } = results.get(id)!;
      assert.ok(rows.some(({ metric }) => metric === 'training_loss'));
      assert.not(rows.some(({ metric }) => metric === 'validation_loss'));
    }
  }
  const smaller = new Set(
    scoresOf('train cnn3d other scanner, fine-tuned 12 cases split=1 seed=1')[0].subjects,
  );
  for (const subject of scoresOf('train cnn3d other scanner, fine-tuned 8 cases split=1 seed=1')[0]
    .subjects) {
    assert.ok(smaller.has(subject), 'the smaller set is part of the larger');
  }
});

test('nobody is in two sets of a split', () => {
  for (const id of results.keys()) {
    if (!id.startsWith('train ')) continue;
    const subjects = scoresOf(id).flatMap((scored) => scored.subjects);
    assert.is(new Set(subjects).size, subjects.length, id);
  }
});

test('transfer and a population need virtual cases', async () => {
  const own = [...LINES, TRANSFER].map((line) =>
    line.startsWith('data:') ? 'data: { folder: cases }' : line,
  );
  await refused(() => configOf(own), 'transfer');
  await refused(() => configOf(own), 'population');
});

test('simulate writes the cases of a study, which a study of the folder reads; what lacks an image is a remark', async () => {
  const out = join(scratch, 'written');
  const { code, stdout } = await asProcess(['simulate', written(LINES), '--out', out, '--json']);
  assert.is(code, 0);
  assert.is((JSON.parse(stdout) as string[]).filter((file) => file.endsWith('.nii.gz')).length, 3 * 40);
  const subjects = readFileSync(join(out, 'participants.tsv'), 'utf8').trim().split('\n');
  assert.is(subjects.length, 41);
  assert.ok(readdirSync(out).includes('dataset_description.json'));
  writeFileSync(
    join(out, 'participants.tsv'),
    [...subjects, ...Array.from({ length: 7 }, (_, i) => `sub-9${i}\t1`)].join('\n') + '\n',
  );
  const study = await configOf(
    LINES.map((line) =>
      line.startsWith('data:')
        ? `data: { folder: ${JSON.stringify(out)} }`
        : line.replace('population: 20', 'population: 0'),
    ),
  );
  for (const experiment of [architectures, liverFibrosis]) {
    const { leftOut } = await experiment.remarks!(study as never);
    assert.is(leftOut.length, 1);
    assert.match(
      leftOut[0],
      /^7 of 47 cases left out: sub-90: no T1w, no T2w, no adc; .*; and 2 more, see the report$/,
    );
  }
  const wrong = await asProcess([
    'simulate',
    written(LINES),
    '--out',
    join(scratch, 'no'),
    '--format',
    'csv',
  ]);
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, '--format csv: cases are written as a BIDS data set; allowed: nifti');
});

test.run();
