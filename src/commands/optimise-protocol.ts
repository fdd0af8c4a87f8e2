import { basename, dirname } from 'node:path';
import { stringify } from 'yaml';
import { protocolName, readProtocol } from '../config/read-protocol.ts';
import type { ProtocolFile } from '../config/sections/protocol-file.ts';
import { InputError } from '../contracts/input-error.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeTogether } from '../files/write-together.ts';
import { readTissue } from '../fitting/tissue.ts';
import { pauser } from '../nets/pauser.ts';
import { deriveSeed } from '../random/seed.ts';
import { criterionOf } from '../protocol-design/protocol-criterion.ts';
import type { Criterion, DesignProblem } from '../protocol-design/protocol-criterion.ts';
import { searchProtocol, sampleTissues } from '../protocol-design/search-protocol.ts';
import { boundOverVoxels } from '../signal/bound-over-voxels.ts';
import { roundedText } from '../tables/reading/number-text.ts';
import { quantityOf } from '../measures/quantities.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';
import { openProgress, progressLine } from '../terminal/progress.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

export interface OptimiseOptions {
  readonly measurements: number;
  readonly tissue: string;
  readonly bMax: number;
  readonly bMin?: number;
  readonly step: number;
  readonly distinct?: boolean;
  readonly criterion: Criterion;
  readonly estimates: readonly ParameterName[];
  readonly snr: number;
  readonly sample: number;
  readonly starts: number;
  readonly seed: number;
  readonly compare: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** More than any scan acquires. */
const MOST = 1000;

/** A protocol, the value of its criterion, and the root mean square of its bounds over the tissues. */
interface Compared {
  readonly name: string;
  readonly bValues: readonly number[];
  readonly criterion: number;
  readonly bound: Readonly<Record<ParameterName, number>>;
}

/** Writes the optimal b-values as a protocol. The comparison goes to standard error, or into the JSON with the protocol. */
export async function optimiseProtocol(words: OptimiseOptions): Promise<number> {
  const prior = await readTissue(words.tissue);
  const others = await Promise.all(words.compare.map(readProtocol));
  const problem: DesignProblem = {
    candidates: candidatesOf(words),
    repeats: words.distinct ? 1 : words.measurements,
    tissues: sampleTissues(prior, words.sample, deriveSeed(words.seed, 'tissues')),
    estimates: words.estimates,
    criterion: words.criterion,
  };
  checkMeasurements(words, problem.candidates.length);
  // Fails before the work if the output is not writable.
  if (words.out !== undefined) stageFiles([words.out]).discard();
  const found = await search(problem, words);
  if (found.criterion === Infinity) {
    throw new InputError(
      `no scheme that was tried determines ${words.estimates.join(', ')} of all the tissues drawn from --tissue; ` +
        'allowed: tissue without f = 0 and D = Dp, b-values at which it is told apart',
    );
  }
  const protocol = {
    name: words.out === undefined ? 'optimised' : protocolName(words.out),
    source: `ivim-bench optimise-protocol ${wordsOf(words)}`,
    bValues: found.bValues,
  };
  const compared = [protocol, ...others].map(({ name, bValues }): Compared => {
    const bound = boundOverVoxels(Float64Array.from(bValues), problem.tissues, 1 / words.snr);
    const [D, f, Dp] = PARAMETERS.map((parameter) => bound[parameter].rootMeanSquare);
    return { name, bValues, criterion: criterionOf(problem, bValues), bound: { D, f, Dp } };
  });
  const text = yamlOf(protocol);
  if (words.out !== undefined)
    await writeTogether(dirname(words.out), new Map([[basename(words.out), text]]));
  if (words.json) {
    const starts = { all: words.starts, endedHere: found.starts };
    printJson({ ...protocol, starts, snr: words.snr, compared });
    return 0;
  }
  report(compared, words, found.starts).forEach(printMessage);
  printResult(words.out ?? text);
  return 0;
}

async function search(problem: DesignProblem, words: OptimiseOptions) {
  const { measurements, starts } = words;
  const seed = deriveSeed(words.seed, 'starts');
  const progress = await openProgress();
  const pause = pauser();
  try {
    return await searchProtocol(problem, {
      measurements,
      starts,
      seed,
      pause(ended) {
        progress.show(() => [
          progressLine(ended / starts, `${ended} of ${counted(starts, 'start')} searched`),
        ]);
        return pause();
      },
    });
  } finally {
    progress.end();
  }
}

/** Returns b=0 and the candidate b-values. */
function candidatesOf({ bMin, bMax, step }: OptimiseOptions): Float64Array {
  const least = bMin ?? step;
  if (least > bMax) throw new InputError(`--b-min ${least}: allowed: up to ${bMax}, which is --b-max`);
  const count = Math.floor((bMax - least) / step + 1e-9) + 1;
  if (count > MOST)
    throw new InputError(`--step ${step}: gives ${counted(count, 'b-value')}; allowed: up to ${MOST}`);
  return Float64Array.of(
    0,
    ...Array.from({ length: count }, (_, k) => Number((least + k * step).toPrecision(12))),
  );
}

function checkMeasurements({ measurements, estimates, distinct }: OptimiseOptions, candidates: number): void {
  const [least, most] = [estimates.length + 1, distinct ? candidates : MOST];
  if (measurements >= least && measurements <= most) return;
  throw new InputError(`--measurements ${measurements}: allowed: ${least} to ${most}`);
}

/** Returns the options that decide the result, as on the command line. */
function wordsOf(words: OptimiseOptions): string {
  const { measurements, tissue, bMin, bMax, step, distinct, criterion, estimates, sample, starts, seed } =
    words;
  const given = [
    `-n ${measurements} --tissue ${/[\s{]/.test(tissue) ? `'${tissue}'` : tissue}`,
    `--b-min ${bMin ?? step} --b-max ${bMax} --step ${step}`,
    ...(distinct ? ['--distinct'] : []),
    `--criterion ${criterion} --estimates ${estimates.join(',')} --sample ${sample} --starts ${starts} --seed ${seed}`,
  ];
  return given.join(' ');
}

function yamlOf({ bValues, ...about }: Pick<ProtocolFile, 'name' | 'source' | 'bValues'>): string {
  return `${stringify(about, { lineWidth: 120 })}bValues: [${bValues.join(', ')}]\n`;
}

function report(compared: readonly Compared[], words: OptimiseOptions, ended: number): string[] {
  const [best] = compared;
  const different = new Set(best.bValues).size;
  return [
    ...compared.map(({ name, bValues, criterion, bound }) => {
      const against =
        name === best.name ? '' : `; criterion ${roundedText(criterion / best.criterion, 3)} times as large`;
      const bounds = PARAMETERS.map((parameter) => {
        const { scale, shownUnit: unit } = quantityOf(parameter);
        return `${parameter} ${roundedText(bound[parameter] * scale, 3)}${unit === 'fraction' ? '' : ` ${unit}`}`;
      });
      return `${name}: b ${bValues.join(' ')}; bound at SNR ${words.snr}: ${bounds.join(', ')}${against}`;
    }),
    `${ended} of ${counted(words.starts, 'start')} ${oneOrMore(ended, 'ends', 'end')} at this scheme`,
    ...(different < 4 ? [`a config needs four different b-values; this scheme has ${different}`] : []),
  ];
}
