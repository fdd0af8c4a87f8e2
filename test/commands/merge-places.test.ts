import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load-config.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { readRunRecord } from '../../src/runner/stored-run.ts';
import { scratch, smallDataSet, smallYaml } from '../experiments/small-volunteers.ts';
import { inProcess } from './command-line.ts';

const test = suite('merge: shards of a data set that lies elsewhere on each machine');

/** A folder as one machine has it: the config, and the data set beside it. */
function machine(name: string, dataSet: string, subjects?: (data: string) => void): string {
  const home = join(scratch, name, 'home');
  mkdirSync(home, { recursive: true });
  cpSync(dataSet, join(home, 'data'), { recursive: true });
  subjects?.(join(home, 'data'));
  const config = join(home, 'study.yaml');
  writeFileSync(config, smallYaml([{ use: 'segmented' }], ['bids: data']));
  return config;
}

let dataSet: string;
let first: string;
test.before(async () => {
  dataSet = await smallDataSet();
  first = machine('one', dataSet);
});
const shardOf = async (config: string, shard: string): Promise<string> => {
  const out = join(dirname(config), `shard-${shard[0]}`);
  const { code, stderr } = await inProcess(
    'run',
    config,
    '--shard',
    shard,
    '--out',
    out,
    '--workers',
    '1',
    '--quiet',
  );
  assert.is(code, 0, stderr);
  return out;
};

/** The same without a report. */
const cellsOf = async (config: string, index: number): Promise<string> => {
  const out = join(dirname(config), `shard-${index}`);
  await runCells(await loadConfig(config), { out, workers: 1, quiet: true, shard: { index, of: 2 } });
  return out;
};

test('they merge, and run.json of each names its own folder', async () => {
  const shards = [await shardOf(first, '1/2'), await cellsOf(machine('two', dataSet), 2)];
  const [one, two] = await Promise.all(shards.map(readRunRecord));
  assert.is(one.configHash, two.configHash);
  assert.match(JSON.stringify(one.config), join(scratch, 'one'));
  assert.match(JSON.stringify(two.config), join(scratch, 'two'));
  const merged = join(scratch, 'merged');
  const { code, stderr } = await inProcess('merge', ...shards, '--out', merged);
  assert.is(code, 0, stderr);
  const { cells } = await readRunRecord(merged);
  assert.is(cells.done, cells.planned);
});

test('with another person in one of the folders they do not', async () => {
  const other = machine('three', dataSet, (data) =>
    cpSync(join(data, 'sub-01'), join(data, 'sub-09'), { recursive: true }),
  );
  // The copy has the names of the first person: only its number of sessions counts here.
  const shard = join(dirname(first), 'shard-1');
  const { code, stderr } = await inProcess(
    'merge',
    shard,
    await cellsOf(other, 2),
    '--out',
    join(scratch, 'refused'),
  );
  assert.is(code, 2);
  assert.match(stderr, 'found a shard of a run by other code or of other data');
});

test.run();
