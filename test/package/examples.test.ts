import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../../src/commands/report.ts';
import { runStudy } from '../../src/commands/run-study.ts';
import { studyRemarks } from '../../src/commands/study-remarks.ts';
import { loadConfig } from '../../src/config/load-config.ts';

const test = suite('examples of plug-ins');

const root = resolve(import.meta.dirname, '../..');
const plugins = join(root, 'examples', 'plugins');
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-examples-'));
test.after(() => rmSync(scratch, { recursive: true }));

/** The lines of a CSV file, each as its values by their columns. No value of these tables has a comma. */
function table(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
}

test('type-check as they would in a project of their own', () => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '--project', plugins], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stdout);
  const { compilerOptions } = JSON.parse(readFileSync(join(plugins, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { strict: boolean };
  };
  assert.is(compilerOptions.strict, true);
});

test('a study with a fitter, a metric, a table and a figure of its own has all four', async () => {
  const out = join(scratch, 'study');
  const set = [
    ...['data.voxels=30', 'data.noise.snr=[50, 10]', 'statistics.resamples=20'],
    'timing={warmUpMs: 0, repeats: 3}',
  ];
  const study = await loadConfig(join(plugins, 'study.yaml'), { set });
  const { exitCode } = await runStudy(study, { out, quiet: true, workers: 1 });
  assert.is(exitCode, 0);

  const own = table(join(out, 'tables', 'metrics.csv')).filter(({ metric }) => metric === 'my_metric');
  // Three parameters of `ls`, two of the fitter of the guide, at two noise levels.
  assert.is(own.length, 2 * (3 + 2));
  for (const { value, ci_low: low, ci_high: high } of own) {
    assert.ok(0 <= Number(low) && Number(low) <= Number(value), `${low} ${value}`);
    assert.ok(Number(value) <= Number(high) && Number(high) <= 1, `${value} ${high}`);
  }
  const [first] = table(join(out, 'tables', 'my-table.csv'));
  const same = own.find((row) => row.parameter === first.parameter && row.snr === first.snr)!;
  assert.is(first[same.method], same.value);

  for (const file of ['my-figure.svg', 'my-figure.png', 'my-figure.vl.json']) {
    assert.ok(existsSync(join(out, 'figures', file)), file);
  }
  const page = () => readFileSync(join(out, 'report.html'), 'utf8').includes('my-figure');
  assert.ok(page(), 'the report shows the figure');
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  try {
    await report(out);
    assert.not.ok(page(), 'without the config, the report is that of the program');
    await report(out, { config: join(plugins, 'study.yaml') });
    assert.ok(page(), 'with the config, the report shows the figure again');
  } finally {
    process.stdout.write = write;
  }
});

test('an experiment of its own leaves its rows, and they are right', async () => {
  const out = join(scratch, 'own');
  const study = await loadConfig(join(plugins, 'own-experiment.yaml'));
  assert.equal(await studyRemarks(study), { notes: [], leftOut: [] });
  const { exitCode, manifest } = await runStudy(study, { out, quiet: true, workers: 1 });
  assert.is(exitCode, 0);
  assert.is(manifest.cells.done, 4);
  const rows = table(join(out, 'tables', 'metrics.csv'));
  assert.equal(
    rows.map(({ experiment, method, low, metric }) => [experiment, method, low, metric].join(' ')),
    [0, 100, 200, 400].map((low) => `my-experiment two-point ${low} bias`),
  );
  // From 0 to 1000 s/mm² with D 0.001, f 0.2 and Dp 0.02: -ln(0.8) / 1000, since exp(-20) of perfusion is nothing.
  assert.ok(Math.abs(Number(rows[0].value) - -Math.log(0.8) / 1000) < 1e-10);

  // Nothing is computed again: the record is that of the first run, with its times.
  const again = await runStudy(study, { out, quiet: true, workers: 1 });
  assert.equal(again.manifest, manifest);
});

test('a network on images of its own is in the tables and figures, beside those of the program', async () => {
  const out = join(scratch, 'images');
  const set = [
    'data.virtual.cases=40',
    'data.virtual.image.shape=[8, 8, 8]',
    'population=30',
    'training.epochs=1',
  ];
  const study = await loadConfig(join(plugins, 'image-study.yaml'), { set });
  const { exitCode } = await runStudy(study, { out, quiet: true, workers: 1 });
  assert.is(exitCode, 0);
  for (const name of ['classifiers', 'classifier-decisions', 'auc-differences', 'fibrosis-and-paper']) {
    assert.match(readFileSync(join(out, 'tables', `${name}.csv`), 'utf8'), /^my-model,/m, name);
  }
  for (const name of ['auc-by-condition', 'roc', 'reliability-diagram', 'training-curves']) {
    assert.match(readFileSync(join(out, 'figures', `${name}.vl.json`), 'utf8'), /my-model/, name);
  }
});

for (const type of ['commonjs', 'module']) {
  test(`an experiment of its own runs in a ${type} project outside the checkout`, async () => {
    const project = join(scratch, type);
    cpSync(plugins, project, { recursive: true });
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(join(root, 'node_modules', 'zod'), join(project, 'node_modules', 'zod'));
    const study = await loadConfig(join(project, 'own-experiment.yaml'), { set: ['low=[0, 100]'] });
    const out = join(project, 'out');
    const { manifest } = await runStudy(study, { out, quiet: true, workers: 1 });
    assert.equal([manifest.cells.done, manifest.cells.failed], [2, []]);
  });
}

for (const [guide, file] of [
  ['add-a-fitter', 'my-fitter.ts'],
  ['add-a-metric', 'my-metric.ts'],
  ['add-a-metric', 'my-metrics.ts'],
  ['add-a-table', 'my-table.ts'],
  ['add-a-model', 'my-model.ts'],
  ['add-a-figure', 'my-figure.ts'],
  ['add-an-experiment', 'my-experiment.ts'],
  ['add-an-experiment', 'own-experiment.yaml'],
  ['add-an-experiment', 'fitter-experiment.ts'],
  ['add-an-experiment', 'fitter-experiment.yaml'],
]) {
  test(`docs/${guide}.md quotes ${file} as it is`, () => {
    const code = readFileSync(join(plugins, file), 'utf8');
    const page = readFileSync(join(root, 'docs', `${guide}.md`), 'utf8');
    assert.ok(page.includes(`\`\`\`${file.endsWith('.ts') ? 'ts' : 'yaml'}\n${code}\`\`\``));
  });
}

test.run();
