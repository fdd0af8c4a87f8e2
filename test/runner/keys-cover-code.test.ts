import { appendFileSync, cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type * as loadConfigModule from '../../src/config/load-config.ts';
import type { Cell } from '../../src/contracts/cell.ts';
import type * as codeVersionModule from '../../src/runner/code-version.ts';
import type * as planCellsModule from '../../src/runner/plan-cells.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: keys cover the code that cells run');

/** A copy of the program, whose files can be changed. It plans for itself, so that its cells name modules of the copy. */
const copy = scratchFolder();
const root = fileURLToPath(new URL('../../', import.meta.url));
for (const name of ['package.json', 'src', 'experiments', 'configs', 'build', 'models']) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const ofCopy = <T>(file: string): Promise<T> => import(pathToFileURL(join(copy, file)).href) as Promise<T>;
const { loadConfig } = await ofCopy<typeof loadConfigModule>('src/config/load-config.ts');
const { CodeVersions } = await ofCopy<typeof codeVersionModule>('src/runner/code-version.ts');
const { planCells, withKeys } = await ofCopy<typeof planCellsModule>('src/runner/plan-cells.ts');

/** Shipped configs, made small where they plan hundreds of cells. */
const studies: Readonly<Record<string, readonly string[]>> = {
  phantom: [],
  protocols: [],
  depth: ['runs=2', 'depths=[0,2]', 'reference=2'],
  'training-size': ['runs=2'],
  'per-snr': ['runs=2'],
  'parameter-range': ['runs=2'],
  stability: ['runs=2'],
  transfer: [],
  volunteers: ['data.virtual.subjects=2'],
  paper: ['depth.runs=2', 'training-size.runs=2', 'per-snr.runs=2', 'parameter-range.runs=2'],
};

type Planned = Awaited<ReturnType<typeof planCells>>;
const plans = new Map<string, Planned>();
for (const [name, set] of Object.entries(studies)) {
  plans.set(name, await planCells(await loadConfig(join(copy, `configs/${name}.yaml`), { set: [...set] })));
}

/**
 * One cell of each task and list of modules: which code a key covers depends on nothing else. Those it needs are left out here, as
 * their keys would change with code that the cell itself does not run.
 */
const kinds = new Map<string, Planned[number]>();
for (const planned of [...plans.values()].flat()) {
  const { task, code } = planned.parts;
  const kind = [task, planned.cell.task.module, ...code.map(({ hash }) => hash)].join(' ');
  if (!kinds.has(kind)) kinds.set(kind, planned);
}
const cells: Cell[] = [...kinds.values()].map(({ cell }, i) => ({
  ...cell,
  id: `${i} ${cell.id}`,
  needs: {},
}));
const known = new CodeVersions();
/** Keys of all kinds, by default with every file read anew. */
const keys = async (versions = new CodeVersions()): Promise<string[]> => {
  const planned = await withKeys(cells, versions);
  const found = new Map(planned.map(({ cell, key }) => [cell.id, key]));
  return cells.map(({ id }) => found.get(id)!);
};
/** The modules whose versions a cell's key is made of. */
const carriedOutBy = pathToFileURL(join(copy, 'src/runner/work-cell.ts')).href;
const modulesOf = ({ task, input }: Cell): string[] => [
  task.module,
  carriedOutBy,
  ...[...JSON.stringify(input).matchAll(/"module":"(file:[^"]+)"/g)].map(([, module]) => module),
];
const filesOf = ({ parts }: Planned[number]): string[] =>
  parts.code
    .flatMap(({ parts }) => Object.keys(parts))
    .filter((name) => /^(src|experiments|build|models)\//.test(name));
const covered = [...kinds.values()].map((planned) => new Set(filesOf(planned)));
const reachable = [...new Set(covered.flatMap((files) => [...files]))].sort();
const before = await keys();

/** Which kinds of cells have another key while a file is changed. Only that file is read again. */
async function changedBy(file: string, change: (path: string) => void): Promise<number[]> {
  const path = join(copy, file);
  const content = readFileSync(path);
  change(path);
  try {
    const after = await keys(new CodeVersions(known, [pathToFileURL(path).href]));
    return cells.flatMap((_, i) => (after[i] === before[i] ? [] : [i]));
  } finally {
    writeFileSync(path, content);
  }
}
const isCode = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);
const append = (file: string) => (path: string) =>
  appendFileSync(path, isCode(file) ? '\nexport const changed_1 = 1;\n' : '\0');
const named = (planned: Planned[number]): string => `${planned.cell.task.name} ${planned.cell.id}`;

test('every experiment has cells here', () => {
  for (const [name, planned] of plans) assert.ok(planned.length > 3, name);
  assert.ok(reachable.length > 150 && cells.length > 20, `${reachable.length} files, ${cells.length} kinds`);
});

const modules = [...new Set(cells.flatMap(modulesOf))];
const partsOf = new Map<string, ReadonlySet<string>>();
for (const module of modules) partsOf.set(module, new Set(Object.keys((await known.of(module)).parts)));

test('a change of a file changes the keys of exactly the cells that run it', async () => {
  assert.equal(await keys(known), before);
  for (const [i, cell] of cells.entries()) {
    const files = new Set(modulesOf(cell).flatMap((module) => [...partsOf.get(module)!]));
    assert.equal(
      [...covered[i]].filter((file) => !files.has(file)),
      [],
      cell.id,
    );
  }
  for (const file of reachable) {
    const expected = cells.flatMap((_, i) => (covered[i].has(file) ? [i] : []));
    assert.ok(expected.length > 0, file);
    assert.equal(await changedBy(file, append(file)), expected, file);
  }
});

test('files that a module does not run have no part in its version', async () => {
  const contents = new Map(reachable.map((file) => [file, readFileSync(join(copy, file))]));
  const restore = (file: string) => writeFileSync(join(copy, file), contents.get(file)!);
  const change = (file: string) => append(file)(join(copy, file));
  // All are changed throughout, except those that the module at hand runs.
  reachable.forEach(change);
  try {
    for (const module of modules) {
      const own = reachable.filter((file) => partsOf.get(module)!.has(file));
      own.forEach(restore);
      const { hash } = await new CodeVersions().of(module);
      own.forEach(change);
      assert.is(hash, (await known.of(module)).hash, module);
    }
  } finally {
    reachable.forEach(restore);
  }
});

test('files that decide rows are covered, whatever the list of parts says', async () => {
  const all = [...kinds.values()];
  const which = async (file: string, keep: (name: string) => boolean) => {
    const changed = new Set(await changedBy(file, append(file)));
    const outcome = all.map((planned, i) => ({ name: named(planned), changed: changed.has(i) }));
    return outcome.filter(({ name }) => keep(name)).map((each) => each.changed);
  };
  const phantomFit = (fitter: string) => (name: string) => name.startsWith(`fit fit ${fitter} snr`);
  const every = async (file: string, keep: (name: string) => boolean, expected: boolean) => {
    const found = await which(file, keep);
    assert.ok(found.length > 0, `cells to ask about ${file}`);
    assert.ok(
      found.every((changed) => changed === expected),
      `${file}: ${expected ? 'covered' : 'not covered'}`,
    );
  };
  const lsFit = phantomFit('ls');
  for (const file of [
    'src/signal/biexponential.ts',
    'src/random/mt19937.ts',
    'src/metrics/rmse.ts',
    'src/contracts/voxels.ts',
    'experiments/phantom/cells.ts',
  ]) {
    await every(file, lsFit, true);
  }
  await every('src/fitters/map.ts', phantomFit('map'), true);
  await every('src/fitters/map.ts', lsFit, false);
  await every('src/runner/work-cell.ts', () => true, true);
  await every('src/contracts/picture.ts', () => true, false);
});

test('comments and layout change no key', async () => {
  const contents = new Map(
    reachable.filter(isCode).map((file) => [file, readFileSync(join(copy, file), 'utf8')]),
  );
  for (const [file, content] of contents) {
    // Blank lines between statements that begin a line, where no text can be.
    const laidOut = content.replace(/\n\n(?=(import|export|const|function|interface|type) )/g, '\n\n\n');
    writeFileSync(join(copy, file), `/* Reworded. */\n// And again.\n${laidOut}\n`);
  }
  assert.equal(await keys(), before);
  for (const [file, content] of contents) writeFileSync(join(copy, file), content);
});

test.run();
