import { mkdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load-config.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { smallYaml } from '../runner/tiny-study.ts';

const test = suite('names of plug-ins of your own');

const { path, put } = scratchFolder();
mkdirSync(path('b'));

const parts = {
  metric: `export default { label: 'a', definition: 'b', unit: () => '', over: () => () => 1 };`,
  figure: `export default { title: 'a', caption: 'b', draw: () => null };`,
  table: `export default { title: 'a', caption: 'b', build: () => null };`,
  fitter: `export default { label: 'a', source: 'b', prepare() {} };`,
  experiment: `
    import { z } from '${import.meta.resolve('zod')}';
    export default { label: 'a', question: 'b?', schema: z.strictObject({}), plan: async () => [] };`,
  model: `
    import { z } from '${import.meta.resolve('zod')}';
    export default { label: 'a', source: 'b', settings: z.strictObject({}), build: () => (x) => x };`,
};
const study = (more: string) =>
  put('study.yaml', smallYaml((more.includes('fitters:') ? '' : 'fitters: [segmented]\n') + more));
const refuses = (more: string, ...says: (string | RegExp)[]) =>
  refused(() => loadConfig(study(more)), /study\.yaml:\d+:\d+: /, ...says);

test('no plug-in has the name of one of the program: both files are named', async () => {
  put('rmse.mjs', parts.metric);
  await refuses(
    'metrics: [./rmse.mjs]\n',
    'metrics[0]: found the metric ./rmse.mjs, which is called rmse, as is src/metrics/rmse.ts of ivim-bench',
  );
  put(
    'fam.mjs',
    `const [m] = [{ label: 'a', definition: 'b', unit: () => '', over: () => () => 1 }];
    export default { family: { within: m, bias: m } };`,
  );
  await refuses('metrics: [./fam.mjs]\n', './fam.mjs, which is called bias, as is src/metrics/bias.ts');
  put('icc1.mjs', parts.metric);
  await refuses('metrics: [./icc1.mjs]\n', 'called icc1, as is a measure of ivim-bench (icc1)');
  put('median_absolute-error.mjs', parts.metric);
  await refuses('metrics: [./median_absolute-error.mjs]\n', 'src/metrics/median-absolute-error.ts');

  for (const [kind, name] of [
    ['figure', 'rmse-against-snr'],
    ['figure', 'RMSE-against-SNR'],
    ['table', 'metrics'],
  ] as const) {
    put(`${name}.mjs`, parts[kind]);
    const file = `src/${kind}s/${name.toLowerCase()}.ts of ivim-bench`;
    await refuses(`${kind}s: [./${name}.mjs]\n`, `${kind}s[0]: found the ${kind} ./${name}.mjs`, file);
  }

  put('ls.mjs', parts.fitter);
  await refuses('fitters: [./ls.mjs]\n', 'called ls, as is src/fitters/ls.ts', '`name` beside `use`');
  await refuses('fitters: [{ use: ./ls.mjs, name: map }]\n', 'called map, as is src/fitters/map.ts');
  const { config } = await loadConfig(study('fitters: [{ use: ./ls.mjs, name: mine }]\n'));
  assert.is(config.fitters?.[0].name, 'mine');

  put('phantom.mjs', parts.experiment);
  await refused(
    () => loadConfig(put('own.yaml', 'experiment: ./phantom.mjs\n')),
    /own\.yaml:1:13: experiment: found the experiment \.\/phantom\.mjs, which is called phantom, as is experiments\/phantom\.ts/,
  );
  put('unet.mjs', parts.model);
  await refused(
    () => loadConfig(put('own.yaml', 'experiment: liver-fibrosis\nmodels: [./unet.mjs]\n')),
    /models\[0\]: found the model \.\/unet\.mjs, which is called unet, as is src\/models\/unet\.ts/,
  );
});

test('no two of a study have one name', async () => {
  for (const name of ['bad-n', 'bad_n', 'b/bad-n', 'Bad-n']) put(`${name}.mjs`, parts.metric);
  for (const second of ['./bad_n.mjs', './b/bad-n.mjs', './Bad-n.mjs']) {
    await refuses(
      `metrics: [./bad-n.mjs, ${second}]\n`,
      `metrics[1]: found the metric ${second}, which is called`,
      'as is ./bad-n.mjs; allowed: another name',
    );
  }
  await refuses('metrics: [./bad-n.mjs, ./bad-n.mjs]\n', 'found the metric ./bad-n.mjs twice');
  for (const kind of ['figure', 'table'] as const) {
    for (const folder of ['', 'b/']) put(`${folder}my-${kind}.mjs`, parts[kind]);
    await refuses(
      `${kind}s: [./my-${kind}.mjs, ./b/my-${kind}.mjs]\n`,
      'found the',
      `as is ./my-${kind}.mjs`,
    );
  }
});

test('names of files and rows are plain; what the program has anyway is not listed', async () => {
  for (const name of ['bad name', 'a%20b', 'a,b', '-a', 'con']) {
    put(`${name}.mjs`, parts.metric);
    await refuses(
      `metrics: ["./${name}.mjs"]\n`,
      JSON.stringify(name.replaceAll('-', '_')),
      'letters, digits',
    );
    put(`b/${name}.mjs`, parts.figure);
    await refuses(`figures: ['./b/${name}.mjs']\n`, JSON.stringify(name), 'letters, digits');
  }
  put('größe-2.mjs', parts.metric);
  const { config } = await loadConfig(study('metrics: [./größe-2.mjs]\n'));
  assert.is((config as { metrics?: unknown[] }).metrics?.length, 1);
  await refuses('metrics: [rmse]\n', 'the metric rmse of ivim-bench, which is there without being listed');
  await refuses('figures: [depth]\n', 'the figure depth of ivim-bench, which is there');
});

test('an unknown key beside the experiment, and an experiment that is not there, are refused in their line', async () => {
  await refuses(
    'figure: [./x.mjs]\n',
    'unknown key figure; allowed: experiment, title, tables, figures, ',
    'did you mean figures?',
  );
  await refused(
    () => loadConfig(put('own.yaml', 'experiment: ./nofile.mjs\n')),
    /own\.yaml:1:13: experiment: experiment \.\/nofile\.mjs: there is no file/,
  );
});

test.run();
