import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProcess } from '../commands/command-line.ts';
import { BRIEF, smallYaml } from '../runner/tiny-study.ts';

const test = suite('exceptions in plug-ins of your own');

const folder = mkdtempSync(join(tmpdir(), 'ivim-own-'));
test.after(() => rmSync(folder, { recursive: true }));

const save = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const figure = 'draw: () => [].at(0).value';
save('my-figure.ts', `export default { title: 'a', caption: 'b', ${figure} };\n`);
save('my-table.ts', "export default { title: 'a', caption: 'b', build: () => JSON.parse('{') };\n");
save(
  'my-metric.ts',
  "export default { label: 'a', definition: 'b', unit: () => '', over: () => () => { throw new Error('no such sum'); } };\n",
);
save('study.yaml', smallYaml(`title: Own parts\n${BRIEF}fitters: [segmented]`));
const run = (config: string, ...words: string[]) =>
  inProcess(
    'run',
    join(folder, config),
    '--out',
    join(folder, 'run'),
    '--workers',
    '1',
    '--allow-external',
    ...words,
  );

test('figures and tables name their file and the study; everything else is written', async () => {
  const set = ['figures=[./my-figure.ts]', 'tables=[./my-table.ts]'].flatMap((word) => ['--set', word]);
  const { code, stderr } = await run('study.yaml', ...set);
  assert.is(code, 1);
  assert.match(stderr, /figure my-figure \(\S*my-figure\.ts\), study Own parts: .*undefined/);
  assert.match(stderr, /table my-table \(\S*my-table\.ts\), study Own parts: .*JSON/);
  assert.match(readFileSync(join(folder, 'run', 'report.html'), 'utf8'), 'my-figure.ts), study Own parts');
});

test('a metric names its file, where the cell fails', async () => {
  const { code, stderr } = await run('study.yaml', '--set', 'metrics=[./my-metric.ts]');
  assert.is(code, 1);
  assert.match(stderr, /fit segmented snr=20\S*: metric my-metric \(\S*my-metric\.ts\): no such sum/);
});

/** An experiment whose plan or task may fail. */
const experiment = (plan: string): string => `
export const measure = { module: import.meta.url, name: 'measure', run: async () => { throw new Error('no voxels'); } };
export default {
  label: 'a',
  question: 'b?',
  schema: (await import('${import.meta.resolve('zod')}')).looseObject({}),
  plan: async () => ${plan},
};
`;

test('an experiment names its file and the study where its plan fails, and its file where a cell does', async () => {
  save('unplanned.mjs', experiment('[].at(0).id'));
  save('unplanned.yaml', 'experiment: ./unplanned.mjs\n');
  const planned = await run('unplanned.yaml');
  assert.is(planned.code, 1);
  assert.match(
    planned.stderr,
    /experiment unplanned \(\S*unplanned\.mjs\), study \S*unplanned\.yaml: .*undefined/,
  );

  const task = '{ module: import.meta.url, name: measure.name }';
  save('failing.mjs', experiment(`[{ id: 'measure', task: ${task}, input: {}, needs: {} }]`));
  save('failing.yaml', 'experiment: ./failing.mjs\n');
  const failed = await run('failing.yaml');
  assert.is(failed.code, 1);
  assert.match(failed.stderr, /measure: experiment failing \(\S*failing\.mjs\): no voxels/);
});

test('what an experiment and a metric return is checked before it is stored', async () => {
  save('five.mjs', experiment('5'));
  save('five.yaml', 'experiment: ./five.mjs\n');
  const planned = await run('five.yaml');
  assert.is(planned.code, 1);
  assert.match(
    planned.stderr,
    /experiment five \(\S*five\.mjs\), study \S*: plan returned the number 5; allowed: a list/,
  );

  const task = '{ module: import.meta.url, name: measure.name }';
  const plan = `[{ id: 'measure', task: ${task}, input: {}, needs: {} }]`;
  save('nothing.mjs', experiment(plan).replace("throw new Error('no voxels');", ''));
  save('nothing.yaml', 'experiment: ./nothing.mjs\n');
  const failed = await run('nothing.yaml');
  assert.is(failed.code, 1);
  assert.match(
    failed.stderr,
    /measure: experiment nothing \(\S*nothing\.mjs\): run returned undefined; allowed: \{ rows \}/,
  );

  save(
    'text.mjs',
    "export default { label: 'a', definition: 'b', unit: () => '', over: () => (weights) => { weights?.fill(1); return 1; } };\n",
  );
  const { code, stderr } = await run('study.yaml', '--set', 'metrics=[./text.mjs]');
  assert.is(code, 1);
  assert.match(
    stderr,
    /snr=20\S*: metric text \(\S*text\.mjs\): the statistic of text wrote into the arrays/,
  );
});

test.run();
