/**
 * How time grows with the number of voxels, b-values, layers and units, on one thread.
 *
 *     npm run bench:growth -- [--quick]
 *
 * Leaves results/bench/growth.json, growth.vl.json and growth.svg.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { loadFusedEngine } from '../../src/nets/fused/engine.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { short } from './compare.ts';
import { measureFitter } from './measure-fitter.ts';
import { measureTraining } from './measure-network.ts';
import type { Measurement } from './job.ts';
import { benchmarkVoxels } from './voxels.ts';

interface Point {
  readonly series: string;
  readonly axis: string;
  readonly x: number;
  /** Microseconds per voxel, or per training step. */
  readonly y: number;
}

const quick = process.argv.includes('--quick');
const engine = await loadFusedEngine();
const points: Point[] = [];
const add = (series: string, axis: string, x: number, { seconds, units }: Measurement) => {
  points.push({ series, axis, x, y: (1e6 * seconds) / units });
  process.stderr.write(`${series}, ${axis} ${x}: ${short((1e6 * seconds) / units)} µs\n`);
};

for (const fitter of ['ls-global', 'ls', 'segmented']) {
  for (const n of quick ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6]) {
    add(fitter, 'voxels', n, await measureFitter(fitter, benchmarkVoxels(n), {}));
  }
  for (const count of [4, 8, 16, 32, 64]) {
    const b = Float64Array.from({ length: count }, (_, k) => Math.round((1000 * k ** 2) / (count - 1) ** 2));
    for (let k = 1; k < count; k++) b[k] = Math.max(b[k], b[k - 1] + 1);
    add(fitter, 'b-values', count, await measureFitter(fitter, benchmarkVoxels(quick ? 5e3 : 5e4, b), {}));
  }
}
const seconds = quick ? 0.5 : 2;
for (const depth of [0, 1, 3, 5, 9]) {
  const hidden = new Array<number>(depth).fill(7);
  add('training, batch 128', 'hidden layers of 7', depth, measureTraining(engine, hidden, 128, seconds));
}
for (const width of [7, 16, 32, 64, 128]) {
  add(
    'training, batch 128',
    'width of 3 layers',
    width,
    measureTraining(engine, [width, width, width], 128, seconds),
  );
}

const spec: TopLevelSpec = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  data: { values: points },
  columns: 2,
  facet: { field: 'axis', type: 'nominal', title: null },
  resolve: { scale: { x: 'independent', y: 'independent' } },
  spec: {
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: { type: 'symlog' }, title: null },
      y: { field: 'y', type: 'quantitative', scale: { type: 'log' }, title: 'µs per voxel or step' },
      color: { field: 'series', type: 'nominal', title: null },
    },
  },
};
const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'growth.json'), `${JSON.stringify(points, null, 1)}\n`);
writeFileSync(join(out, 'growth.vl.json'), `${JSON.stringify(spec, null, 1)}\n`);
writeFileSync(join(out, 'growth.svg'), (await renderFigure(spec)).svg);
