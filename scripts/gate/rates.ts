/**
 * How often the gate calls a change where there is none but of seeds, given the values that are stored, and how often it finds a loss,
 * with the accepted values of networks for what is true. A run's values are drawn together, seed by seed, as they depend on each other.
 *
 *     node --import tsx scripts/gate/rates.ts [AGAINST] [REFERENCES] [RUNS]
 */
import { readReference } from '../../src/commands/accepted-values.ts';
import { correctedP, FAMILY_LEVEL, POWER } from '../../src/gate/judge-trained.ts';
import { detectableShift } from '../../src/gate/statistics/detectable-shift.ts';
import { holm } from '../../src/gate/statistics/holm.ts';
import { pairsAbove, rankSumUpperTail } from '../../src/gate/statistics/rank-sum.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

/** Training seeds per fitter, as in configs/ci.yaml, and stored ones. */
const SEEDS = 10;
const STORED = 40;
/** Real losses of every RMSE of one fitter, as fractions. */
const LOSSES: Readonly<Record<string, readonly number[]>> = {
  'posterior-net': [0.005, 0.01, 0.015, 0.02, 0.03],
  dnn: [0.05, 0.1, 0.2, 0.4, 0.8],
};

const [file = 'results/reference/ci.json', references = '1000', runs = '500'] = process.argv.slice(2);
const { values } = await readReference(file);
const trained = values.flatMap((gated) =>
  gated.kind === 'trained' && gated.metric === 'rmse'
    ? [{ fitter: gated.method, logs: gated.values.map((value) => Math.log(value)) }]
    : [],
);
const fitters = [...new Set(trained.map(({ fitter }) => fitter))];
const random = new Mt19937(1);

interface Pair {
  readonly accepted: readonly number[];
  readonly found: readonly number[];
}

/** The tests that are compared: the gate's, and the rank-sum test, which is right on average over references. */
const tests: Readonly<Record<string, (pairs: readonly Pair[]) => number[]>> = {
  'given the reference': correctedP,
  'on average': (pairs) =>
    holm(
      pairs.map(({ accepted, found }) =>
        rankSumUpperTail(pairsAbove(found, accepted), found.length, accepted.length),
      ),
    ),
};
const isRed = (p: readonly number[]) => p.some((each) => each <= FAMILY_LEVEL);

/** Draws the values of some seeds, per fitter, with a little noise so that no two are equal. */
function draw(count: number): number[][] {
  const seeds = new Map(
    fitters.map((fitter) => {
      const { length } = trained.find((gated) => gated.fitter === fitter)!.logs;
      return [fitter, Array.from({ length: count }, () => random.below(length))];
    }),
  );
  return trained.map(({ fitter, logs }) => {
    const width = (Math.max(...logs) - Math.min(...logs)) / logs.length;
    return seeds.get(fitter)!.map((seed) => logs[seed] + width * (random.uniform() - 0.5));
  });
}

const paired = (accepted: readonly number[][], found: readonly number[][]): Pair[] =>
  accepted.map((values, i) => ({ accepted: values, found: found[i] }));
const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;

const rates = new Map(Object.keys(tests).map((name) => [name, [] as number[]]));
for (let r = 0; r < Number(references); r++) {
  const stored = draw(STORED);
  const alarms = new Map(Object.keys(tests).map((name) => [name, 0]));
  for (let run = 0; run < Number(runs); run++) {
    const pairs = paired(stored, draw(SEEDS));
    for (const [name, test] of Object.entries(tests)) {
      if (isRed(test(pairs))) alarms.set(name, alarms.get(name)! + 1);
    }
  }
  for (const [name, count] of alarms) rates.get(name)!.push(count / Number(runs));
}
console.log(
  `false alarms of ${trained.length} values, over ${references} stored references, ${runs} runs each: mean, median, 95th and 99th percentile, largest`,
);
for (const [name, all] of rates) {
  const sorted = [...all].sort((a, b) => a - b);
  const quantiles = [0.5, 0.95, 0.99, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1]);
  console.log(`${name}: ${[mean(all), ...quantiles].map((rate) => percent(rate, 2)).join(', ')}`);
}

console.log('a real loss of every RMSE of one fitter: runs that are red');
const rounds = Math.ceil(Number(references) / 5);
for (const fitter of fitters) {
  for (const loss of LOSSES[fitter] ?? []) {
    const found = new Map(Object.keys(tests).map((name) => [name, 0]));
    for (let round = 0; round < rounds; round++) {
      const stored = draw(STORED);
      for (let again = 0; again < 10; again++) {
        const worse = draw(SEEDS).map((values, i) =>
          trained[i].fitter === fitter ? values.map((value) => value + Math.log1p(loss)) : values,
        );
        for (const [name, test] of Object.entries(tests)) {
          if (isRed(test(paired(stored, worse)))) found.set(name, found.get(name)! + 1);
        }
      }
    }
    const shares = [...found].map(([name, count]) => `${name} ${percent(count / (10 * rounds))}`);
    console.log(`${fitter} +${percent(loss)}: ${shares.join(', ')}`);
  }
}

for (const fitter of fitters) {
  let found = 0;
  let tried = 0;
  for (let round = 0; round < rounds; round++) {
    const stored = draw(STORED);
    const worse = trained.findIndex((gated) => gated.fitter === fitter) + (round % 12);
    if (trained[worse]?.fitter !== fitter) continue;
    const shift = detectableShift(stored[worse], {
      ...{ newer: SEEDS, level: FAMILY_LEVEL / trained.length, power: POWER, seed: round },
    });
    for (let again = 0; again < 20; again++) {
      const fresh = draw(SEEDS).map((values, i) =>
        i === worse ? values.map((value) => value + shift) : values,
      );
      if (correctedP(paired(stored, fresh))[worse] <= FAMILY_LEVEL) found++;
      tried++;
    }
  }
  console.log(
    `${fitter}: the loss called detectable was found in ${percent(found / tried)} of ${tried} runs (wanted: ${percent(POWER, 0)})`,
  );
}
