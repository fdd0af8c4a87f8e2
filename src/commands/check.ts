import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { GatedRun } from '../gate/accept.ts';
import { judgeRun } from '../gate/judge-run.ts';
import { isGreen } from '../gate/outcome.ts';
import type { Reference } from '../gate/reference.ts';
import { readStoredRun } from '../runner/stored-run.ts';
import { exitCodeOf } from '../terminal/interruption.ts';
import { defaultReference, readHistory, readReference } from './accepted-values.ts';
import { fittersLeftOut } from './fitters-left-out.ts';
import { runForGate, studyForGate, type RerunOptions, type StudyOptions } from './gated-run.ts';
import { requirePlan } from './require-plan.ts';
import { HISTORY_FILE } from './stored-run-with-history.ts';
import { tellOutcome, type OutcomeOptions } from './tell-outcome.ts';
import { updateReference } from './update-reference.ts';
import { writeOutputs } from './write-outputs.ts';
import { printMessage } from '../terminal/print.ts';

export interface CheckOptions extends StudyOptions, RerunOptions, OutcomeOptions {
  /** File of the accepted values. */
  readonly against?: string;
  /** Accept the values instead of judging them. */
  readonly update?: boolean;
}

/**
 * Compares a run, or the run of a config, with the accepted values; or accepts its values.
 * @returns the exit code: 0 nothing got worse, 1 something did, or the run is incomplete, 130 or 143 interrupted
 * @throws InputError if there is nothing to compare, before any work
 */
export async function check(target: string, words: CheckOptions): Promise<number> {
  const isRun = existsSync(target) && statSync(target).isDirectory();
  requireFitting(target, isRun, words);
  const name = basename(resolve(target)).replace(/\.ya?ml$/, '');
  const { update = false, against = defaultReference(name), junit } = words;
  const known = await acceptedIn(against, target, update);
  await readHistory(against);
  const study = isRun ? null : await studyForGate(target, update ? words : { ...words, seeds: 0 });
  const leftOut = study ? fittersLeftOut(study, words.only) : [];
  if (study && known)
    requirePlan(study, known, { run: target, against, update, partial: words.only !== undefined, leftOut });
  // Fails before the work if the output is not writable.
  stageFiles([...(update ? [against] : []), ...(junit === undefined ? [] : [junit])]).discard();

  const run = study ? await runForGate(study, words) : await readStoredRun(target);
  if (typeof run === 'string') {
    printMessage('interrupted: nothing was compared');
    return exitCodeOf(run);
  }
  const exitCode = update
    ? await updateReference(run, known, { name, target, against, leftOut })
    : await judgeAgainst(run, known!, { target, against, words });
  if (words.out === undefined) return exitCode;
  return (await writeReport(words.out, against)) ? exitCode : 1;
}

/** Rejects options that only apply to a new run if the target is an existing one. */
function requireFitting(target: string, isRun: boolean, words: CheckOptions): void {
  if (!existsSync(target)) throw new InputError(`${target}: no such folder of a run, and no such config`);
  if (!isRun) return;
  const given = [
    ...(words.set.length > 0 ? ['--set'] : []),
    ...(['only', 'out', 'workers'] as const)
      .filter((word) => words[word] !== undefined)
      .map((word) => `--${word}`),
  ];
  if (given.length > 0)
    throw new InputError(
      `${given.join(', ')}: ${target} is the folder of a run, which is read and not run again; allowed: with a config`,
    );
}

async function acceptedIn(against: string, target: string, update: boolean): Promise<Reference | null> {
  if (existsSync(against)) return readReference(against);
  if (update) return null;
  throw new InputError(
    `there are no accepted values in ${against}: --against names another file, and \`ivim-bench check ${target} --update\` accepts those of a run`,
  );
}

interface HoldOptions {
  readonly target: string;
  readonly against: string;
  readonly words: CheckOptions;
}

async function judgeAgainst(
  run: GatedRun,
  known: Reference,
  { target, against, words }: HoldOptions,
): Promise<number> {
  const outcome = judgeRun(run, known, { run: target, against, partial: words.only !== undefined });
  await tellOutcome(outcome, words);
  return isGreen(outcome) ? 0 : 1;
}

/**
 * Writes the report of a run of the gate, which includes the earlier accepted runs.
 * @returns whether it is complete
 */
async function writeReport(dir: string, against: string): Promise<boolean> {
  await writeWhole(join(dir, HISTORY_FILE), await readHistory(against));
  const { problem } = await writeOutputs(dir);
  printMessage(problem === null ? `report: ${dir}/report.html` : `failed: report: ${problem}`);
  return problem === null;
}
