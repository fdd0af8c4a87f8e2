/**
 * How a run grows with its number of cells: CPU time of the first run and of the same command again, memory, and the size of the
 * report. CPU seconds are comparable on a machine that does other things too; the program's own start is in them, and printed as the
 * last column, that of a run of four cells with nothing to do.
 *
 *     npm run bench:scale -- [--cells 2048,20000]
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram, type ProcessCost } from './whole-process.ts';

const { values } = parseArgs({ options: { cells: { type: 'string', default: '2048,20000' } } });
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-scale-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const start = (await twice(4)).again.cpuSeconds;
process.stdout.write(
  'cells | first, CPU s | again, CPU s | again, ms a cell | memory, MiB | report, MB | start, CPU s\n',
);
for (const cells of values.cells.split(',').map(Number)) {
  const { first, again, report } = await twice(cells);
  const figures = [
    ...[first.cpuSeconds, again.cpuSeconds, (1000 * (again.cpuSeconds - start)) / cells],
    ...[Math.max(first.mebibytes, again.mebibytes), report / 1e6, start],
  ];
  process.stdout.write(`${[cells, ...figures.map((figure) => figure.toFixed(2))].join(' | ')}\n`);
}

/** Runs a study of so many cells in a new folder, and again. */
async function twice(
  cells: number,
): Promise<{ readonly first: ProcessCost; readonly again: ProcessCost; readonly report: number }> {
  const config = join(folder, `${cells}.yaml`);
  const out = join(folder, String(cells));
  writeFileSync(config, studyOf(cells));
  const run = () => runProgram(['run', config, '--out', out, '--quiet']);
  const [first, again] = [await run(), await run()];
  const report = statSync(join(out, 'report.html')).size;
  rmSync(out, { recursive: true });
  return { first, again, report };
}

/** A fitter at many noise levels: a fit and a bound at each, a preparation and a timing. */
function studyOf(cells: number): string {
  const levels = Math.round((cells - 2) / 2);
  const sigmas = Array.from({ length: levels }, (_, i) => Number((10 + (140 * i) / levels).toFixed(4)));
  return `experiment: phantom
protocol: barbieri-2020
data: { voxels: 20, S0: 1500, noise: { sigma: [${sigmas.join(', ')}] }, tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.05 } } }
statistics: { resamples: 20 }
fitters: [segmented]
`;
}
