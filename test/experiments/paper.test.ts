import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import paper from '../../experiments/paper.ts';
import type { PaperConfig } from '../../experiments/paper/config.ts';
import depth from '../../experiments/depth.ts';
import parameterRange from '../../experiments/parameter-range.ts';
import perSnr from '../../experiments/per-snr.ts';
import phantom from '../../experiments/phantom.ts';
import trainingSize from '../../experiments/training-size.ts';
import type { PhantomConfig } from '../../experiments/phantom/config.ts';
import volunteers from '../../experiments/volunteers.ts';
import type { VolunteersConfig } from '../../experiments/volunteers/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Experiment } from '../../src/contracts/experiment.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { tinyYaml } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { rowsOf, scratch, smallYaml } from './small-volunteers.ts';

const test = suite('experiments: paper');

const shipped = (name: string) => fileURLToPath(new URL(`../../configs/${name}.yaml`, import.meta.url));

/** A paper of a moment from the two studies of a moment. */
async function smallPaper(set: string[] = []): Promise<PaperConfig> {
  const section = (yaml: string, shared: RegExp) =>
    yaml
      .replace(/\nfitters:[^]*$/, '')
      .split('\n')
      .filter((line) => !shared.test(line))
      .map((line) => `  ${line}`);
  const shared = /^(experiment|title|seed|protocol|statistics):/;
  const yaml = [
    'experiment: paper',
    'seed: 7',
    'protocol: barbieri-2020',
    'statistics: { resamples: 20 }',
    'fitters: [segmented, { use: ls-global, name: ls }]',
    'phantom:',
    ...section(tinyYaml([]), shared),
    'volunteers:',
    '  fitters: [ls]',
    ...section(smallYaml([]), shared),
    '',
  ];
  const file = join(mkdtempSync(join(scratch, 'paper-')), 'paper.yaml');
  writeFileSync(file, yaml.join('\n'));
  return (await loadConfig(file, { set })).config as PaperConfig;
}

test('its cells are those of its experiments, key by key, so that its config says what theirs say', async () => {
  const whole = await keysOf(paper, (await loadConfig(shipped('paper'))).config as PaperConfig);
  const networks = {
    depth,
    'training-size': trainingSize,
    'per-snr': perSnr,
    'parameter-range': parameterRange,
  };
  const keysAlone = async ([name, experiment]: [string, Experiment]) =>
    [name, await keysOf(experiment, (await loadConfig(shipped(name))).config)] as const;
  const parts = [
    ['phantom', await keysOf(phantom, (await loadConfig(shipped('phantom'))).config as PhantomConfig)],
    ...(await Promise.all(Object.entries(networks as Record<string, Experiment>).map(keysAlone))),
    [
      'volunteers',
      await keysOf(volunteers, (await loadConfig(shipped('volunteers'))).config as VolunteersConfig),
    ],
  ] as const;
  const expected = parts.flatMap(([part, keys]) =>
    [...keys].map(([id, key]): [string, string] => [`${part}: ${id}`, key]),
  );
  assert.equal([...whole].sort(), expected.sort());
});

test('one run leaves the rows of both', async () => {
  const results = await carryOut(paper, await smallPaper(), join(scratch, 'paper'));
  const rows = rowsOf(results);
  const count = (experiment: string, metric: string) =>
    rows.filter((row) => row.experiment === experiment && row.metric === metric).length;
  assert.is(count('phantom', 'rmse'), 2 * 3 * 3);
  assert.is(count('volunteers', 'icc2'), 2 * 2 * 3);
  assert.ok(results.has('volunteers: simulate'));
  assert.not.ok(results.has('volunteers: prepare segmented ses-3T'));
});

test('a section of a network experiment has what that experiment has, and is refused by its place', async () => {
  const whole = (await loadConfig(shipped('paper'))).config as PaperConfig;
  const without = { ...whole, 'training-size': undefined, depth: undefined };
  const [all, some] = [await keysOf(paper, whole), await keysOf(paper, without)];
  assert.is(all.size - some.size, 41 + 101);
  for (const [id, key] of some) assert.is(all.get(id), key);
  const refused = async (set: string) =>
    loadConfig(shipped('paper'), { set: [set] }).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  assert.match(
    await refused('depth.fitters=[ls]'),
    'depth.fitters: found ls, which is not trained on voxels',
  );
  assert.match(await refused('training-size.sizes=[2000000]'), 'training-size.sizes[0]: found 2000000');
});

test('a fitter that is not there is refused by its place', async () => {
  let error: unknown;
  await smallPaper(['volunteers.fitters=[sl]']).catch((found: unknown) => (error = found));
  assert.instance(error, InputError);
  assert.match((error as Error).message, 'volunteers.fitters[0]: found sl; allowed: segmented, ls');
});

test.run();
