import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runStudy } from '../../src/commands/run-study.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { FACTORS } from '../../src/measures/factors.ts';
import { root } from '../commands/command-line.ts';
import { skip } from '../skip.ts';
import { blocksOf } from './documented-commands.ts';

const test = suite('docs/results.md');
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-results-'));
test.after(() => rmSync(scratch, { recursive: true }));

const page = readFileSync(join(root, 'docs', 'results.md'), 'utf8');
const run = join(scratch, 'results', 'smoke');

/** The smoke study with fewer epochs, in the folder that the page names. */
const study = await loadConfig(join(root, 'configs', 'smoke.yaml'), { set: ['fitters.dnn.epochs=2'] });
const { exitCode } = await runStudy(study, { out: run, quiet: true });
const fitters = study.config.fitters!.map(({ name }) => name);

/** The rows of a table below a heading, each as its cells. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

test('every file of a run is described', () => {
  assert.is(exitCode, 0);
  const first = page.split('\n## ')[0].split('\n');
  const described = first
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => {
      const names = codeIn(line.split('|')[1]);
      // `.png` beside `figures/*.svg` has its folder.
      return names.map((name) => (name.startsWith('.') ? names[0].replace(/\.\w+$/, name) : name));
    });
  const patterns = described.map(
    (name) =>
      new RegExp(
        `^${name
          .replaceAll('.', '\\.')
          .replaceAll('*', '[^/]+')
          .replaceAll(/[A-Z]{3,}/g, '[^/]+')}$`,
      ),
  );
  const files = readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 50);
  for (const { parentPath, name } of files) {
    const file = `${parentPath}/${name}`.slice(run.length + 1);
    assert.ok(
      patterns.some((pattern) => pattern.test(file)),
      `${file} is not described`,
    );
  }
});

test('every key of run.json is described', () => {
  const described = rowsBelow('run.json').flatMap(([keys]) => codeIn(keys));
  const manifest = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as Record<string, unknown>;
  for (const key of Object.keys(manifest)) assert.ok(described.includes(key), key);
});

test('every column of the tables of this run is described', () => {
  const described = new Map(
    rowsBelow('tables/').map(([name, , columns]) => [codeIn(name)[0], codeIn(columns)]),
  );
  const stands: Record<string, readonly string[]> = {
    FITTER: fitters,
    SNR: ['100', '20', '10'],
    P: ['D', 'f', 'Dp'],
  };
  for (const file of readdirSync(join(run, 'tables')).filter((name) => name.endsWith('.csv'))) {
    const columns = described.get(file.replace('.csv', ''));
    // A table that is added need not be listed; what is listed must be right.
    if (columns === undefined) continue;
    const allowed = new Set(
      columns.flatMap((column) => {
        const [word] = /\b(FITTER|SNR|P)$/.exec(column.replaceAll('_', ' ')) ?? [];
        return word === undefined
          ? [column]
          : stands[word].map((value) => column.slice(0, -word.length) + value);
      }),
    );
    if (file === 'metrics.csv') for (const factor of FACTORS.keys()) allowed.add(factor);
    const header = readFileSync(join(run, 'tables', file), 'utf8')
      .split('\n', 1)[0]
      .split(',');
    for (const column of header) {
      const name = column.replace(/(?<=.)_ci_(low|high)$/, '');
      assert.ok(allowed.has(column) || allowed.has(name), `${file}: ${column} is not described`);
    }
  }
});

test('the table of times has a line per fitter, its setup time in the same line', () => {
  const [header, ...lines] = readFileSync(join(run, 'tables', 'timing.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  // The description of a backend may have a comma; all columns up to it have none.
  const columns = header.split(',');
  const at = (line: string, name: string) => line.split(',')[columns.indexOf(name)];
  assert.equal(lines.map((line) => at(line, 'fitter')).sort(), [...fitters].sort());
  const dnn = lines.find((line) => at(line, 'fitter') === 'dnn')!;
  assert.ok(Number(at(dnn, 'fit_us_per_voxel')) > 0 && Number(at(dnn, 'prepare_s')) > 0, dnn);
  assert.match(at(dnn, 'concurrent_cells'), /^\d+$/);
});

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: Record<string, unknown>;
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly source: readonly string[];
    readonly metadata: object;
    readonly outputs?: readonly unknown[];
    readonly execution_count?: null;
  }[];
}

const notebook = JSON.parse(readFileSync(join(root, 'examples', 'read-a-run.ipynb'), 'utf8')) as Notebook;

test('the notebook is of format 4, without outputs', () => {
  assert.is(notebook.nbformat, 4);
  assert.ok(notebook.nbformat_minor >= 5);
  assert.is(new Set(notebook.cells.map(({ id }) => id)).size, notebook.cells.length);
  for (const { cell_type: kind, id, outputs, execution_count: count, source, metadata } of notebook.cells) {
    assert.match(id, /^[\w-]{1,64}$/);
    assert.ok(kind === 'markdown' || kind === 'code');
    assert.ok(source.length > 0 && typeof metadata === 'object');
    if (kind === 'code') assert.equal([outputs, count], [[], null]);
  }
});

const answers = (...words: string[]): boolean => spawnSync(words[0], words.slice(1)).status === 0;
const pythons = ['python3', '/usr/bin/python3', join(root, '.venv/bin/python')];
const pythonWith = (module: string) => pythons.find((python) => answers(python, '-c', `import ${module}`));

/** What Python prints when it runs a program in the folder that has `results/`. */
function runPython(python: string, code: string): string {
  const { status, stdout, stderr } = spawnSync(python, ['-c', code], {
    cwd: scratch,
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  assert.is(status, 0, stderr);
  return stdout;
}

const [plain, withPandas] = blocksOf('docs/results.md').filter(({ language }) => language === 'python');
const rmseOfLs = (): number => {
  const lines = readFileSync(join(run, 'tables', 'metrics.csv'), 'utf8').split('\n');
  const columns = lines[0].split(',');
  const at = (line: string, name: string) => line.split(',')[columns.indexOf(name)];
  const wanted = { method: 'ls', metric: 'rmse', parameter: 'D', snr: '20' };
  return Number(
    at(
      lines.find((line) => Object.entries(wanted).every(([name, value]) => at(line, name) === value))!,
      'value',
    ),
  );
};

const python = pythonWith('csv');
if (python) {
  test('the Python example and the notebook read the run', () => {
    const printed = runPython(python, plain.code);
    assert.match(printed, /^The phantom study, in seconds done \d+ cells$/m);
    const [, value] = /^ls (\S+) \S+ \S+ mm²\/s$/m.exec(printed)!;
    assert.is(Number(value), rmseOfLs());

    const cells = notebook.cells.filter(({ cell_type: kind }) => kind === 'code');
    const told = runPython(python, cells.map(({ source }) => source.join('')).join('\n\n'));
    assert.match(told, new RegExp(`^ls +.* ${(1000 * rmseOfLs()).toFixed(3)} `, 'm'));
    assert.match(told, /fit ls-global snr=20: \d+ of 200 voxels have an estimate, median D [01]\.\d\d/);
  });
} else skip(test, 'the Python example and the notebook read the run', 'no Python is installed');

const pandas = pythonWith('pandas');
if (pandas) {
  test('the pandas example reads the run', () => {
    assert.match(runPython(pandas, withPandas.code), /parameter +snr/);
  });
} else skip(test, 'the pandas example reads the run', 'no Python with pandas is installed');

const numpy = pythonWith('numpy');
if (numpy) {
  test('the Python example of docs/fit.md fits', () => {
    const folder = join(scratch, 'node_modules', '.bin');
    mkdirSync(folder, { recursive: true });
    const b = [0, 10, 20, 60, 150, 300, 500, 1000];
    const [{ code }] = blocksOf('docs/fit.md').filter(({ language }) => language === 'python');
    writeFileSync(
      join(folder, 'ivim-bench'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/ivim-bench.mjs')}" "$@"\n`,
      { mode: 0o755 },
    );
    writeFileSync(join(scratch, 'package.json'), '{}');
    const make = `import numpy as np\nb = np.array([${b.join()}])\nnp.save("signals.npy", np.tile(0.2 * np.exp(-0.05 * b) + 0.8 * np.exp(-0.001 * b), (2, 3, 1)))\n`;
    const printed = runPython(
      numpy,
      `${make}${code}\nprint(D.shape, abs(D - 0.001).max() < 1e-6, abs(f - 0.2).max() < 1e-4)`,
    );
    assert.match(printed, /\(2, 3\) True True/);
  });
} else skip(test, 'the Python example of docs/fit.md fits', 'no Python with NumPy is installed');

test.run();
