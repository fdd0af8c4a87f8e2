/**
 * Compares a config with its accepted values repeatedly, changing only the seeds of networks: none may be red.
 *
 *     node --import tsx scripts/gate/clean-reruns.ts [CONFIG] [RUNS] [AGAINST]
 */
import { basename } from 'node:path';
import { defaultReference, readReference } from '../../src/commands/accepted-values.ts';
import { runForGate, studyForGate } from '../../src/commands/gated-run.ts';
import { judgeRun } from '../../src/gate/judge-run.ts';
import { isGreen } from '../../src/gate/outcome.ts';
import { sentence } from '../../src/gate/format/annotations.ts';
import { isRed } from '../../src/gate/verdict.ts';

const [config = 'configs/ci.yaml', runs = '10', file] = process.argv.slice(2);
const against = file ?? defaultReference(basename(config).replace(/\.ya?ml$/, ''));
const reference = await readReference(against);
let green = 0;
for (let k = 1; k <= Number(runs); k++) {
  const run = await runForGate(await studyForGate(config, { set: [`seed=${k}`] }), { quiet: true });
  if (typeof run === 'string') process.exit(130);
  const outcome = judgeRun(run, reference, { run: `seed ${k}`, against });
  if (isGreen(outcome)) green++;
  const trained = outcome.verdicts.filter(({ kind }) => kind === 'trained');
  const least = Math.min(...trained.map(({ p }) => p));
  const changed = trained.filter((verdict) => verdict.outcome === 'changed').length;
  console.log(
    `seed ${k}: ${isGreen(outcome) ? 'green' : 'red'}, ${changed} of ${trained.length} values of networks changed, least corrected p ${least.toPrecision(2)}`,
  );
  for (const verdict of outcome.verdicts.filter(isRed)) console.log(`  ${sentence(verdict)}`);
}
console.log(`${green} of ${runs} green`);
process.exitCode = green === Number(runs) ? 0 : 1;
