import { counted, oneOrMore } from '../wording/counted.ts';
import { comparableConfig, type GatedRun } from './accept.ts';
import { compareWithAccepted } from './compare-with-accepted.ts';
import { configDifferences } from './config-differences.ts';
import type { GatedValue } from './gated-value.ts';
import { entriesOf, gatedValuesOf } from './gated-values.ts';
import { sameWithin } from './judge-deterministic.ts';
import { FEWEST_SEEDS } from './judge-trained.ts';
import type { GateOutcome } from './outcome.ts';
import type { Reference } from './reference.ts';
import { requireComparable, type Compared } from './require-comparable.ts';
import { trainingsOfRun } from './trainings-of-run.ts';
import { relativeTimes, slowdowns } from './relative-times.ts';

export interface JudgeOptions extends Compared {
  /** True if only some of the config's fitters were run: the others are not missing. */
  readonly partial?: boolean;
}

/**
 * Compares a run with the accepted values.
 * @throws InputError if they are of a different config: another experiment, other numbers of voxels, or no value in common
 */
export function judgeRun(run: GatedRun, reference: Reference, options: JudgeOptions): GateOutcome {
  const { partial = false, against } = options;
  const asked = new Set(entriesOf(run.manifest).map(({ name, repeat }) => repeat?.of ?? name));
  const accepted = reference.values.filter(({ method }) => !partial || asked.has(method));
  const found = gatedValuesOf(run);
  const { manifest } = run;
  requireComparable(manifest.experiment, found, { ...reference, values: accepted }, options);
  const agrees = manifest.arithmetic !== undefined && manifest.arithmetic === reference.arithmetic;
  const { name, accepted: when, git, versions, platform, configHash } = reference;
  return {
    run: options.run,
    against,
    reference: { name, accepted: when, git, versions, platform, configHash },
    verdicts: compareWithAccepted(accepted, found, {
      tolerance: sameWithin(agrees),
      trainings: { accepted: reference.trainings, found: trainingsOfRun(run) },
    }),
    problems: problemsOf(run),
    notes: [
      ...(agrees ? [] : [OTHER_ARITHMETIC]),
      ...engineNotes(run, reference),
      ...seedNotes(accepted, found),
    ],
    differences: configDifferences(reference.config, comparableConfig(manifest.config)).filter(
      ({ path }) => !partial || !/^fitters\.[^.]*$/.test(path),
    ),
    slowdowns: slowdowns(reference.times, relativeTimes(run.rows)),
  };
}

const OTHER_ARITHMETIC =
  `exp, log and the like differ in their last bits from where the values were accepted: values that nothing random has a part in ` +
  `count as the same within ${sameWithin(false)}`;

/** Lists what is missing from a run. */
function problemsOf({ manifest, rows }: GatedRun): string[] {
  const { planned, done, failed, lost = [] } = manifest.cells;
  const waiting = planned - done - failed.length - lost.length;
  return [
    ...failed.map(({ id, message }) => `cell ${id} failed: ${message}`),
    ...lost.map((id) => `the stored result of cell ${id} can't be read`),
    ...(waiting > 0
      ? [`${waiting} of ${counted(planned, 'cell')} ${oneOrMore(waiting, 'was', 'were')} not done`]
      : []),
    ...(rows.length === 0 ? ['the run has no results'] : []),
  ];
}

/** Trainings on another engine are other draws from the same distribution: identical values are not expected. */
function engineNotes({ manifest }: GatedRun, { engines }: Reference): string[] {
  const { backends = {} } = manifest;
  const told = entriesOf(manifest)
    .map(({ name, repeat }) => ({ fitter: repeat?.of ?? name, engine: backends[name] }))
    .filter(({ fitter, engine }) => engine !== undefined && (engines[fitter] ?? engine) !== engine)
    .map(({ fitter, engine }) => `${fitter} ran on ${engine}; accepted were values of ${engines[fitter]}`);
  return [...new Set(told)];
}

function seedNotes(accepted: readonly GatedValue[], found: readonly GatedValue[]): string[] {
  const few = (values: readonly GatedValue[], fewest: number, what: string): string[] => {
    const seeds = new Map(
      values.map((gated) => [gated.method, gated.kind === 'trained' ? gated.values.length : Infinity]),
    );
    return [...seeds]
      .filter(([, count]) => count < fewest)
      .map(
        ([fitter, count]) =>
          `${fitter}: ${counted(count, 'seed is', 'seeds are')} ${what}, ${fewest} are needed to judge it: give it \`repeats\``,
      );
  };
  return [
    ...few(accepted, FEWEST_SEEDS.accepted, 'accepted'),
    ...few(found, FEWEST_SEEDS.found, 'in the run'),
  ];
}
