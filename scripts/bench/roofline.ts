/**
 * Compares each kernel with the time of its exponentials and multiply-adds alone, where the time of one of either is
 * measured in the same process. All times are the least of many short ones, which others' work disturbs least.
 *
 *     npm run bench:roofline -- [--quick]
 *
 * Writes results/bench/roofline.json and roofline.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/nets/engine.ts';
import { javaScriptEngine, simdEngine } from '../../src/nets/fused/engines.ts';
import { loadKernels } from '../../src/nets/fused/load.ts';
import { calibrateJavaScript, calibrateSimd, type Speed } from './calibrate.ts';
import { short } from './compare.ts';
import { leastSquaresWork, mapWork, networkWork, type Work } from './count-work.ts';
import { machine } from './machine.ts';
import { measureFitter } from './measure-fitter.ts';
import { measureTraining, measureUse } from './measure-network.ts';
import type { Measurement } from './job.ts';
import { studyPrior } from './study-prior.ts';
import { benchmarkVoxels } from './voxels.ts';

const quick = process.argv.includes('--quick');
const seconds = quick ? 0.5 : 3;
const voxels = benchmarkVoxels(5_000);

interface Line extends Work {
  readonly kernel: string;
  readonly unit: string;
  /** Microseconds. */
  readonly measured: number;
  readonly bound: number;
  readonly share: number;
}
const lines: Line[] = [];
const add = (
  kernel: string,
  unit: string,
  speed: Speed,
  work: Work,
  { seconds, units, least = seconds / units }: Measurement,
): void => {
  const measured = 1e6 * least;
  const bound = (work.exponentials * speed.exponential + work.multiplyAdds * speed.multiplyAdd) / 1000;
  lines.push({ kernel, unit, ...work, measured, bound, share: bound / measured });
  process.stderr.write(`${kernel}: ${short(measured)} µs, bound ${short(bound)} µs\n`);
};

const kernels = await loadKernels();
const script = calibrateJavaScript();
add(
  'ls-global',
  'voxel',
  script,
  leastSquaresWork(voxels.signals),
  await measureFitter('ls-global', voxels, {}),
);
add(
  'map',
  'voxel',
  script,
  mapWork(voxels.signals),
  await measureFitter('map', voxels, { prior: studyPrior }),
);

const shapes = [
  { hidden: [7, 7, 7], batch: 128 },
  { hidden: [64, 64, 64], batch: 1024 },
];
const networks = (engine: Engine, name: string, trains: Speed, uses: Speed) => {
  for (const { hidden, batch } of shapes) {
    const title = `7-${hidden.join('-')}-3, ${name}`;
    const training = networkWork(hidden, batch);
    add(`training ${title}`, 'step', trains, training, measureTraining(engine, hidden, batch, seconds));
    add(`in use ${title}`, 'voxel', uses, networkWork(hidden), measureUse(engine, hidden, seconds));
  }
};
let simd: Speed | null = null;
let fusing: Speed | null = null;
if (!('reason' in kernels)) {
  simd = calibrateSimd(false);
  fusing = kernels.fusing ? calibrateSimd(true) : null;
  const engine = simdEngine(kernels.simd, kernels.fusing);
  networks(engine, fusing ? 'SIMD (in use fused)' : 'SIMD', simd, fusing ?? simd);
}
networks(javaScriptEngine('asked for'), 'JavaScript', script, script);

const where = machine(quick);
const speeds = Object.entries({ JavaScript: script, SIMD: simd, 'SIMD, fused': fusing });
const markdown = [
  `Measured on ${where.cpu}, Node ${where.node}, one thread.`,
  '',
  '| least time of one | exponential | multiply-add |',
  '|---|---:|---:|',
  ...speeds.flatMap(([name, speed]) =>
    speed ? [`| ${name} | ${short(speed.exponential)} ns | ${short(speed.multiplyAdd)} ns |`] : [],
  ),
  '',
  '| kernel | per | exponentials | multiply-adds | bound | least measured | share of the bound |',
  '|---|---|---:|---:|---:|---:|---:|',
  ...lines.map(({ kernel, unit, exponentials, multiplyAdds, bound, measured, share }) => {
    const numbers = [short(exponentials), short(multiplyAdds), `${short(bound)} µs`, `${short(measured)} µs`];
    return `| ${kernel} | ${unit} | ${numbers.join(' | ')} | ${Math.round(100 * share)} % |`;
  }),
  '',
].join('\n');
const out = join(process.cwd(), 'results', 'bench');
mkdirSync(out, { recursive: true });
const speed = { javaScript: script, simd, fusing };
writeFileSync(join(out, 'roofline.json'), `${JSON.stringify({ ...where, speed, lines }, null, 1)}\n`);
writeFileSync(join(out, 'roofline.md'), markdown);
process.stdout.write(markdown);
