/**
 * How time grows with the number of voxels, b-values, layers, units and threads.
 *
 *     npm run bench:growth -- [--quick]
 *
 * Writes results/bench/growth.json, growth.md, growth.vl.json and growth.svg.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFusedEngine } from '../../src/nets/fused/load.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { short } from './compare.ts';
import { fitFile } from './fit-file.ts';
import { growthChart, growthTables, type Answer, type Point } from './growth-report.ts';
import type { Measurement } from './job.ts';
import { machine } from './machine.ts';
import { measureFitter } from './measure-fitter.ts';
import { measureTraining } from './measure-network.ts';
import { spread } from './statistics.ts';
import { trainFour } from './train-four.ts';
import { benchmarkVoxels } from './voxels.ts';

const quick = process.argv.includes('--quick');
const points: Point[] = [];
const answers: Answer[] = [];
const tell = (line: string) => process.stderr.write(`${line}\n`);
const add = (series: string, axis: string, x: number, y: number) => {
  points.push({ series, axis, x, y });
  tell(`${series}, ${axis} ${x.toLocaleString('en')}: ${short(y)} µs`);
};
const each = ({ seconds, units }: Measurement) => (1e6 * seconds) / units;
const answer = (question: string, found: string, asked: string) => {
  answers.push({ question, found, asked });
  tell(`${question}: ${found} (asked for: ${asked})`);
};

for (const fitter of ['ls-global', 'ls', 'segmented']) {
  for (const n of quick ? [1e3, 1e4] : [1e3, 1e4, 1e5, 1e6]) {
    add(fitter, 'voxels', n, each(await measureFitter(fitter, benchmarkVoxels(n), {})));
  }
  for (const count of [4, 8, 16, 32, 64]) {
    const voxels = benchmarkVoxels(quick ? 2e3 : 5e4, spacedBValues(count));
    add(fitter, 'b-values', count, each(await measureFitter(fitter, voxels, {})));
  }
}

const engine = await loadFusedEngine();
const seconds = quick ? 0.3 : 2;
const training = (hidden: readonly number[]) => each(measureTraining(engine, hidden, 128, seconds));
for (const depth of [1, 2, 3, 5, 9]) {
  add('training, batch 128', 'hidden layers of 7', depth, training(new Array<number>(depth).fill(7)));
}
for (const width of [7, 16, 32, 64, 128]) {
  add('training, batch 128', 'width of 3 layers', width, training([width, width, width]));
}

const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-'));
try {
  const sizes = quick ? [1e3, 1e4, 1e5, 1e6] : [1e3, 1e4, 1e5, 1e6, 1e7];
  const perVoxel: number[][] = [[], []];
  for (const n of sizes) {
    const runs = await fitFile(folder, n, [1, 2], n < 1e7 ? 3 : 1);
    const times = runs.map((side) => spread(side.map((run) => run.fitSeconds)).median);
    times.forEach((time, t) => {
      perVoxel[t].push(time / n);
      add(`fit .npy to .npy, ls-global, ${threads(t + 1)}`, 'voxels', n, (1e6 * time) / n);
    });
    if (n === 1e6)
      answer('two threads against one: fit of 1 M voxels by ls-global', twoAgainstOne(times), '1.8 x');
    if (n === sizes.at(-1)) {
      const most = Math.max(...runs.flat().map(({ mebibytes }) => mebibytes));
      answer(`memory of fitting ${n.toLocaleString('en')} voxels`, `${short(most)} MiB`, 'under 1,024 MiB');
    }
  }
  perVoxel.forEach((times, t) => {
    const [before, last] = times.slice(-2);
    const growth = `${short(100 * (last / before - 1))} % more time per voxel`;
    answer(`ten times the voxels, ${threads(t + 1)}`, growth, 'within 10 %');
  });
  const trained: number[][] = [[], []];
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const t of [0, 1]) trained[t].push(await trainFour(folder, quick ? 100 : 500, t + 1));
  }
  const medians = trained.map((times) => spread(times).median);
  answer(
    'two threads against one: a run of four networks, start-up and report included',
    twoAgainstOne(medians),
    '1.8 x',
  );
} finally {
  rmSync(folder, { recursive: true });
}

const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
const where = machine(quick);
const chart = growthChart(points);
const markdown = growthTables(points, answers, where);
writeFileSync(join(out, 'growth.json'), `${JSON.stringify({ ...where, answers, points }, null, 1)}\n`);
writeFileSync(join(out, 'growth.md'), markdown);
writeFileSync(join(out, 'growth.vl.json'), `${JSON.stringify(chart, null, 1)}\n`);
writeFileSync(join(out, 'growth.svg'), await renderFigure(chart));
process.stdout.write(markdown);

function threads(count: number): string {
  return count === 1 ? '1 thread' : `${count} threads`;
}

function twoAgainstOne([one, two]: readonly number[]): string {
  return `${short(one / two)} x (${short(one)} s, ${short(two)} s)`;
}

/** Returns `count` b-values from 0 to 1,000, closer together where the signal decays fast. */
function spacedBValues(count: number): Float64Array {
  const b = Float64Array.from({ length: count }, (_, k) => Math.round((1000 * k ** 2) / (count - 1) ** 2));
  for (let k = 1; k < count; k++) b[k] = Math.max(b[k], b[k - 1] + 1);
  return b;
}
