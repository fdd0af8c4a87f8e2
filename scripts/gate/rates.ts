/**
 * How often the gate calls a change where there is none but of seeds, and how often it finds the loss it says it would, with the accepted
 * values of networks for what is true. A run's values are drawn together, seed by seed, as they depend on each other.
 *
 *     node --import tsx scripts/gate/rates.ts [AGAINST] [RUNS]
 */
import { readReference } from '../../src/commands/accepted-values.ts';
import { correctedP, FAMILY_LEVEL, POWER } from '../../src/gate/judge-trained.ts';
import { detectableShift } from '../../src/gate/statistics/detectable-shift.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

/** Training seeds per fitter, as in configs/ci.yaml. */
const SEEDS = 10;

const [file = 'results/reference/ci.json', runs = '4000'] = process.argv.slice(2);
const { values } = await readReference(file);
const trained = values.flatMap((gated) =>
  gated.kind === 'trained' && gated.metric === 'rmse'
    ? [{ fitter: gated.method, logs: gated.values.map((value) => Math.log(value)) }]
    : [],
);
const random = new Mt19937(1);

/** Draws accepted and new values: seeds are drawn per fitter, with a little noise so that no two values are equal. */
function draw() {
  const fitters = [...new Set(trained.map(({ fitter }) => fitter))];
  const chosen = new Map(
    fitters.map((fitter) => {
      const { length } = trained.find((gated) => gated.fitter === fitter)!.logs;
      const seeds = (n: number) => Array.from({ length: n }, () => random.below(length));
      return [fitter, { accepted: seeds(length), found: seeds(SEEDS) }];
    }),
  );
  return trained.map(({ fitter, logs }) => {
    const width = (Math.max(...logs) - Math.min(...logs)) / logs.length;
    const values = (seeds: readonly number[]) =>
      seeds.map((seed) => logs[seed] + width * (random.uniform() - 0.5));
    const { accepted, found } = chosen.get(fitter)!;
    return { accepted: values(accepted), found: values(found) };
  });
}

let alarms = 0;
for (let run = 0; run < Number(runs); run++) {
  if (correctedP(draw()).some((p) => p <= FAMILY_LEVEL)) alarms++;
}
console.log(`false alarms: ${alarms} of ${runs} runs of ${trained.length} values (allowed: ${FAMILY_LEVEL})`);

const rounds = Math.ceil(Number(runs) / 40);
for (const fitter of new Set(trained.map((gated) => gated.fitter))) {
  let found = 0;
  let tried = 0;
  for (let round = 0; round < rounds; round++) {
    const pairs = draw();
    const worse = trained.findIndex((gated) => gated.fitter === fitter) + (round % 12);
    if (trained[worse]?.fitter !== fitter) continue;
    const shift = detectableShift(pairs[worse].accepted, {
      ...{ newer: SEEDS, level: FAMILY_LEVEL / trained.length, power: POWER, seed: round },
    });
    for (let again = 0; again < 20; again++) {
      const fresh = draw()[worse].found.map((value) => value + shift);
      const all = pairs.map((pair, i) => (i === worse ? { ...pair, found: fresh } : pair));
      if (correctedP(all)[worse] <= FAMILY_LEVEL) found++;
      tried++;
    }
  }
  console.log(
    `${fitter}: the loss called detectable was found in ${((100 * found) / tried).toFixed(1)} % of ${tried} runs (wanted: ${100 * POWER})`,
  );
}
