import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scratchFolder } from '../data/scratch-folder.ts';
import { asProcess, inProcess, program, root, type Answer } from './command-line.ts';

const test = suite('commands');
const { path, put } = scratchFolder();
const smoke = `${root}configs/smoke.yaml`;

const done = async (...words: string[]): Promise<Answer> => {
  const answer = await inProcess(...words);
  assert.is(answer.code, 0, answer.stderr);
  return answer;
};
const json = async (...words: string[]): Promise<unknown> =>
  JSON.parse((await done(...words, '--json')).stdout);
const namesOf = (list: unknown) => (list as { name: string }[]).map(({ name }) => name);
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

test('lists are what the folders hold', async () => {
  for (const [what, folder, ending] of [
    ['fitters', 'src/fitters', '.ts'],
    ['figures', 'src/figures', '.ts'],
    ['tables', 'src/tables', '.ts'],
    ['experiments', 'experiments', '.ts'],
    ['protocols', 'configs/protocols', '.yaml'],
  ] as const) {
    assert.equal(namesOf(await json('list', what)), filesIn(root + folder, ending), what);
    const lines = (await done('list', what)).stdout.trimEnd().split('\n');
    assert.equal(
      lines.map((line) => line.split(' ')[0]),
      filesIn(root + folder, ending),
      what,
    );
  }
});

test('metrics are listed by the names of their rows, those of a family one by one', async () => {
  const names = namesOf(await json('list', 'metrics'));
  for (const name of ['rmse', 'median_absolute_error', 'coverage50', 'coverage95', 'error_q05'])
    assert.ok(names.includes(name), name);
  assert.not.ok(names.includes('coverage'));
  assert.equal(namesOf(await json('list', 'metrics', 'coverage')), [
    'coverage50',
    'coverage80',
    'coverage95',
  ]);
  const one = (await json('list', 'metrics', 'error-q05')) as { name: string; label: string };
  assert.is(`${one.name}: ${one.label}`, 'error_q05: 5 % quantile of the error');
});

test('list with a name describes it: settings with defaults, and what a fitter needs', async () => {
  const map = (await done('list', 'fitters', 'map')).stdout;
  assert.match(map, /^map\nlabel +Bayesian MAP\n/);
  assert.match(map, /^needs +four different b-values; b=0, .*; all voxels to be fitted/m);
  assert.match(map, /^ {2}prior: empirical or a mapping; default "empirical"\n {4}prior density/m);
  assert.match(
    (await done('list', 'fitters', 'mmse')).stdout,
    /^estimates +D, f, Dp, S0\nneeds .*noise level/m,
  );
  const dnn = (await json('list', 'fitters', 'dnn')) as { settings: { path: string; default: unknown }[] };
  assert.is(dnn.settings.find(({ path }) => path === 'batch')?.default, 128);
  const own = `${root}examples/plugins/my-fitter.ts`;
  assert.match((await done('list', 'fitters', own)).stdout, /^my-fitter\nlabel +Two-point D and f\n/);
  assert.match(
    (await done('list', 'experiments', 'depth')).stdout,
    /^ {2}runs: an integer from 2 to 1000; default 10$/m,
  );
  assert.match((await done('list', 'metrics', 'rmse')).stdout, /^units +D: mm²\/s, f: none, Dp: mm²\/s$/m);
  assert.match((await done('list', 'protocols', 'barbieri-2020')).stdout, /^bValues +0 10 20 60 150/m);
  const wrong = await inProcess('list', 'fitters', 'mpa');
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /unknown fitter mpa; allowed: .*did you mean map\?/);
});

test('validate says what a run would do, and prints the config complete', async () => {
  assert.match(
    (await done('validate', smoke)).stdout,
    /smoke\.yaml: valid; experiment phantom; fitters ls, /,
  );
  const study = (await json('validate', smoke, '--set', 'fitters.dnn.epochs=3', '--set', 'title=Mine')) as {
    title: string;
    config: { fitters: { name: string; settings: Record<string, unknown> }[] };
  };
  assert.is(study.title, 'Mine');
  const dnn = study.config.fitters.find(({ name }) => name === 'dnn')!;
  assert.is(dnn.settings['epochs'], 3);
  assert.is(dnn.settings['batch'], 128);
});

test("simulated voxels are the study's", async () => {
  const out = path('voxels');
  const files = (await json(
    'simulate',
    `${root}configs/phantom.yaml`,
    '--out',
    out,
    '--set',
    'data.noise.sigma=[75]',
  )) as string[];
  assert.equal(
    files.map((file) => file.slice(out.length)),
    ['/snr-20/voxels.csv', '/snr-20/voxels.json'],
  );
  const lines = readFileSync(files[0], 'utf8').trimEnd().split('\n');
  assert.is(lines.length, 10_001);
  const study = JSON.parse(readFileSync(`${root}test/fixtures/phantom-study.json`, 'utf8')) as {
    datasets: Record<string, { first: number[]; last: number[] }>;
  };
  for (const [row, known] of [
    [lines[1], study.datasets['75'].first],
    [lines[10_000], study.datasets['75'].last],
  ] as const) {
    const signals = row.split(',').slice(1, 9).map(Number);
    known.forEach((value, k) => assert.ok(Math.abs(signals[k + 1] / signals[0] - value) < 1e-12));
  }
});

test('train, run, report and fit agree, a plug-in beside the config among the fitters', async () => {
  // No import at all: what a contract's types say is enough.
  put(
    'plain.ts',
    `export default {
       label: 'Plain', source: 'this test',
       async prepare() {
         return { fit({ n }: { n: number }, out: Record<string, Float64Array>) {
           for (let i = 0; i < n; i++) {
             out.S0[i] = 1; out.D[i] = 0.001; out.f[i] = 0.2; out.Dp[i] = 0.05; out.status[i] = 0;
           }
         } };
       },
     };`,
  );
  const text = readFileSync(smoke, 'utf8').replace(
    '- ls-global',
    '- { use: ./plain.ts, name: mine }\n  - ./plain.ts',
  );
  const config = put('mine.yaml', text);
  const small = ['training.voxels=512', 'data.voxels=20', 'data.noise.snr=[20]', 'statistics.resamples=20'];
  const brief = [...small, 'fitters.dnn.epochs=2', 'fitters.dnn.engine=cpu'].flatMap((word) => [
    '--set',
    word,
  ]);
  const run = await inProcess(
    ...[
      'run',
      config,
      '--out',
      path('run'),
      '--only',
      'dnn,mine',
      '--workers',
      '1',
      '--quiet',
      '--allow-external',
      ...brief,
    ],
  );
  assert.equal([run.code, run.stdout], [0, `${path('run')}/report.html\n`], run.stderr);
  const metrics = readFileSync(path('run/tables/metrics.csv'), 'utf8');
  for (const name of ['dnn', 'mine']) assert.match(metrics, new RegExp(`^phantom,${name},`, 'm'));
  assert.not.match(metrics, /^phantom,(ls|plain),/m);

  assert.is((await done('report', path('run'))).stdout, `${path('run')}/report.html\n`);
  assert.is(readFileSync(path('run/tables/metrics.csv'), 'utf8'), metrics);

  const trained = (await json(
    'train',
    config,
    '--out',
    path('networks'),
    '--quiet',
    '--allow-external',
    ...brief,
  )) as {
    name: string;
    folder: string;
    epochs: number;
  }[];
  assert.equal(
    trained.map(({ name, epochs }) => [name, epochs]),
    [['dnn', 2]],
  );
  const [{ folder }] = trained;
  assert.equal(readdirSync(folder).sort(), ['manifest.json', 'model.json', 'provenance.json', 'weights.bin']);
  const cells = readdirSync(path('run/cells')).map((cell) => path(`run/cells/${cell}/weights.bin`));
  const stored = cells.filter((file) => existsSync(file));
  assert.is(stored.length, 1);
  assert.ok(readFileSync(stored[0]).equals(readFileSync(`${folder}/weights.bin`)));

  await done('simulate', config, '--out', path('sim'), '--allow-external', ...brief);
  const words = [
    '--fitter',
    'dnn',
    '--model',
    folder,
    '--set',
    'engine=cpu',
    '--out',
    path('fit.csv'),
    '--quiet',
  ];
  // The network's other settings are those of its training, not the defaults of this command.
  const { settings } = (await json('fit', path('sim/snr-20/voxels.csv'), ...words)) as {
    settings: unknown;
  };
  assert.equal(settings, { engine: 'cpu' });
  const fitted = readFileSync(path('fit.csv'), 'utf8');
  assert.is(fitted.trimEnd().split('\n').length, 21);

  // The model itself knows which fitter it is for.
  const alone = ['fit', path('sim/snr-20/voxels.csv'), '--model', folder, '--set', 'engine=cpu'];
  const { stderr } = await done(...alone, '--out', path('alone.csv'));
  assert.is(readFileSync(path('alone.csv'), 'utf8'), fitted);
  assert.not.match(stderr, /engine cpu/, 'nothing fell back');
  const { stderr: verbose } = await done(...alone, '--out', path('alone.csv'), '--verbose');
  assert.match(verbose, /^note: engine cpu \(.*\): asked for by name/m);
  const above = await inProcess(
    'fit',
    path('sim/snr-20/voxels.csv'),
    '--model',
    path('networks'),
    '--out',
    path('no.csv'),
  );
  assert.is(above.code, 2);
  assert.match(above.stderr, `it is not the folder of a network; did you mean ${folder}?`);
});

test('listing loads neither TensorFlow nor Vega nor arquero', async () => {
  const hook = put(
    'hook.mjs',
    `export async function load(url, context, next) {
       if (/node_modules\\/(@tensorflow|vega|arquero)/.test(url)) throw new Error('loaded ' + url);
       return next(url, context);
     }`,
  );
  const register = put(
    'register.mjs',
    `import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hook).href)});`,
  );
  const { code, stdout, stderr } = await asProcess(['list', 'fitters'], {
    NODE_OPTIONS: `--import=${register}`,
  });
  assert.is(code, 0, stderr);
  assert.match(stdout, /^dnn /m);
  const caught = await asProcess(['report', path('run')], { NODE_OPTIONS: `--import=${register}` });
  assert.match(caught.stderr, /loaded .*(vega|arquero|tensorflow)/, 'the hook catches what it should');
});

test('help and version', async () => {
  const help = await inProcess('--help');
  assert.is(help.code, 0);
  for (const command of [
    'run',
    'fit',
    'simulate',
    'train',
    'report',
    'list',
    'validate',
    'conform',
    'schema',
  ]) {
    assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
    const own = await inProcess(command, '--help');
    assert.is(own.code, 0);
    assert.match(own.stdout, /Examples?:/, command);
  }
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
  assert.is((await inProcess('--version')).stdout, `${version}\n`);
});

test('a reader that leaves early is no error', async () => {
  const answer = await new Promise<Answer>((resolve) => {
    const child = spawn(process.execPath, [program, 'schema'], { cwd: root });
    let stderr = '';
    child.stdout.destroy();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (code) => resolve({ code, stdout: '', stderr }));
  });
  assert.equal([answer.code, answer.stderr], [0, '']);
});

test('from a process of its own, from another folder', async () => {
  const answer = await asProcess(['list', 'metrics', '--json']);
  assert.is(answer.code, 0);
  assert.ok(namesOf(JSON.parse(answer.stdout)).includes('rmse'));
  assert.is(answer.stderr, '');
});

test.run();
