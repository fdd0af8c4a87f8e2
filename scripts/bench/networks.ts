/**
 * `node --import tsx scripts/bench/networks.ts [seconds] [rounds]`: the fused kernels, SIMD and JavaScript, on the
 * study's network and on one of 64 units, training and in use. Medians over rounds with extremes; one thread, and
 * both kernels take turns so that a busy moment of the machine meets both.
 */
import type { Engine } from '../../src/nets/engine.ts';
import { loadFusedEngine } from '../../src/nets/fused/load.ts';
import { javaScriptEngine } from '../../src/nets/fused/engines.ts';
import { measureTraining, measureUse } from './measure-network.ts';
import { spread } from './statistics.ts';

const [seconds = 1, rounds = 3] = process.argv.slice(2).map(Number);

const engines: readonly Engine[] = [await loadFusedEngine(), javaScriptEngine('beside SIMD')];

const jobs = [
  { title: 'train 7-7-7-7-3, batch 128', hidden: [7, 7, 7], batch: 128 },
  { title: 'train 7-64-64-64-3, batch 1,024', hidden: [64, 64, 64], batch: 1024 },
  { title: 'use 7-7-7-7-3', hidden: [7, 7, 7], batch: 0 },
  { title: 'use 7-64-64-64-3', hidden: [64, 64, 64], batch: 0 },
];

/** Multiply-adds of a voxel: forward, and twice that but for the first layer's inputs when training. */
function multiplyAdds(hidden: readonly number[], training: boolean): number {
  const widths = [7, ...hidden, 3];
  const forward = widths.slice(1).reduce((sum, units, l) => sum + units * widths[l], 0);
  return training ? 3 * forward - widths[0] * widths[1] : forward;
}

const table = [
  '| job | kernel | a second, median | lowest | highest | 10⁹ multiply-adds/s |',
  '|---|---|---|---|---|---|',
];
for (const { title, hidden, batch } of jobs) {
  const measure = (engine: Engine) => {
    const found =
      batch > 0 ? measureTraining(engine, hidden, batch, seconds) : measureUse(engine, hidden, seconds);
    return found.units / found.seconds;
  };
  const rates: number[][] = engines.map(() => []);
  for (let round = 0; round < rounds; round++) engines.forEach((engine, e) => rates[e].push(measure(engine)));
  engines.forEach((engine, e) => {
    const { median, low, high } = spread(rates[e]);
    const numbers = [median, low, high].map((rate) => Math.round(rate).toLocaleString('en'));
    const work = median * multiplyAdds(hidden, batch > 0) * Math.max(batch, 1);
    table.push(`| ${title} | ${engine.description} | ${numbers.join(' | ')} | ${(work / 1e9).toFixed(1)} |`);
  });
}
process.stdout.write(`${table.join('\n')}\n`);
