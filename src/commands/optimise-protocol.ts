import { basename, dirname } from 'node:path';
import { protocolName, readProtocol } from '../config/read-protocol.ts';
import { InputError } from '../contracts/input-error.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { stageFiles } from '../files/staged-files.ts';
import { writeTogether } from '../files/write-together.ts';
import { readTissue } from '../fitting/tissue.ts';
import { pauser } from '../nets/pauser.ts';
import { deriveSeed } from '../random/seed.ts';
import { criterionOf } from '../protocol-design/protocol-criterion.ts';
import type { DesignProblem } from '../protocol-design/protocol-criterion.ts';
import { searchProtocol, sampleTissues } from '../protocol-design/search-protocol.ts';
import { boundOverVoxels } from '../signal/bound-over-voxels.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';
import { openProgress } from '../terminal/progress.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { counted } from '../wording/counted.ts';
import {
  commandLine,
  comparisonLines,
  protocolYaml,
  type Compared,
  type OptimiseOptions,
} from './optimised-protocol-text.ts';

/** More than any scan acquires. */
const MOST = 1000;

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
      `no protocol that was tried determines ${words.estimates.join(', ')} of all the tissues drawn from --tissue; ` +
        'allowed: tissue without f = 0 and D = Dp, b-values that distinguish its parameters',
    );
  }
  const protocol = {
    name: words.out === undefined ? 'optimised' : protocolName(words.out),
    source: `ivim-bench optimise-protocol ${commandLine(words)}`,
    bValues: found.bValues,
  };
  const compared = [protocol, ...others].map(({ name, bValues }): Compared => {
    const bound = boundOverVoxels(Float64Array.from(bValues), problem.tissues, 1 / words.snr);
    const [D, f, Dp] = PARAMETERS.map((parameter) => bound[parameter].rootMeanSquare);
    return { name, bValues, criterion: criterionOf(problem, bValues), bound: { D, f, Dp } };
  });
  const text = protocolYaml(protocol);
  if (words.out !== undefined)
    await writeTogether(dirname(words.out), new Map([[basename(words.out), text]]));
  if (words.json) {
    const starts = { all: words.starts, endedHere: found.starts };
    printJson({ ...protocol, starts, snr: words.snr, compared });
    return 0;
  }
  comparisonLines(compared, words, found.starts).forEach(printMessage);
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
