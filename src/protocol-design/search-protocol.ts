import type { TissuePrior } from '../contracts/fitter.ts';
import type { Parameters } from '../contracts/voxels.ts';
import { draw } from '../random/distribution.ts';
import { Mt19937 } from '../random/mt19937.ts';
import { ProtocolCriterion } from './protocol-criterion.ts';
import type { DesignProblem } from './protocol-criterion.ts';

/** Draws tissues from a prior, all Dp before all D before all f, as for phantoms. */
export function sampleTissues(prior: TissuePrior, n: number, seed: number): Parameters {
  const random = new Mt19937(seed);
  const column = (name: keyof TissuePrior, high = Infinity) =>
    Float64Array.from({ length: n }, () => draw(prior[name], random, 0, high));
  const Dp = column('Dp');
  const D = column('D');
  const f = column('f', 1);
  return { n, D, f, Dp };
}

/** The best protocol found. */
interface FoundProtocol {
  /** s/mm², ascending; each repeated as often as it is measured. */
  readonly bValues: number[];
  /** For a noise equal to S0, see `ProtocolCriterion`. */
  readonly criterion: number;
  /** Number of starts that ended there. */
  readonly starts: number;
}

/** Smaller relative improvements are ignored. */
const SAME = 1e-9;

/**
 * The protocol of a given number of measurements with the least criterion, by exchange (Fedorov, Theory of Optimal
 * Experiments, 1972): from a random protocol, the measurement and the candidate whose exchange lowers the criterion most
 * are exchanged until no exchange lowers it, and this is repeated from several starts. A better protocol may exist; how
 * many starts end at the best one found indicates how likely that is.
 *
 * The first candidate, b=0, is always among the measurements.
 *
 * @param options.measurements more than the parameters estimated, and at most the candidates times their repeats
 * @param options.pause awaited often, with the number of starts that have ended, so that other work in this thread can proceed
 * @returns a criterion of Infinity if no protocol of the candidates determines the parameters
 */
export async function searchProtocol(
  problem: DesignProblem,
  options: {
    readonly measurements: number;
    readonly starts: number;
    readonly seed: number;
    readonly pause?: (ended: number) => Promise<void>;
  },
): Promise<FoundProtocol> {
  const criterion = new ProtocolCriterion(problem);
  const random = new Mt19937(options.seed);
  const ends: { readonly counts: Uint16Array; readonly value: number }[] = [];
  const pause = async () => options.pause?.(ends.length);
  while (ends.length < options.starts) {
    const counts = randomProtocol(problem, options.measurements, random, criterion);
    ends.push({ counts, value: await descend(counts, problem.repeats, criterion, pause) });
  }
  const best = ends.reduce((least, end) => (end.value < least.value ? end : least));
  return {
    bValues: [...best.counts].flatMap((count, c) => Array<number>(count).fill(problem.candidates[c])),
    criterion: best.value,
    starts: ends.filter(({ value }) => value <= best.value * (1 + SAME)).length,
  };
}

/** Draws until the parameters are determined, which takes few attempts if the candidates allow it. */
function randomProtocol(
  { candidates, repeats }: DesignProblem,
  measurements: number,
  random: Mt19937,
  criterion: ProtocolCriterion,
): Uint16Array {
  const counts = new Uint16Array(candidates.length);
  for (let attempt = 0; attempt < 1000; attempt++) {
    counts.fill(0);
    counts[0] = 1;
    for (let drawn = 1; drawn < measurements;) {
      const c = random.below(candidates.length);
      if (counts[c] === repeats) continue;
      counts[c]++;
      drawn++;
    }
    if (Number.isFinite(criterion.of(counts))) break;
  }
  return counts;
}

/** Exchanges measurements in `counts` as long as that lowers the criterion; returns the criterion. */
async function descend(
  counts: Uint16Array,
  repeats: number,
  criterion: ProtocolCriterion,
  pause: () => Promise<void>,
): Promise<number> {
  let value = criterion.of(counts);
  for (;;) {
    const before = value;
    // Uses the fast update first; since rounding may spoil its choice, every exchange is evaluated in full at the end.
    for (const quick of [true, false]) {
      const [from, to] = await bestExchange(counts, value, repeats, criterion, quick, pause);
      if (from === to) continue;
      exchange(counts, from, to);
      value = criterion.of(counts);
      if (value < before * (1 - SAME)) break;
      exchange(counts, to, from);
      value = before;
    }
    if (value === before) return value;
  }
}

function exchange(counts: Uint16Array, from: number, to: number): void {
  counts[from]--;
  counts[to]++;
}

/** Returns the exchange with the smallest criterion, as candidates from and to; the same twice if none is below `value`. */
async function bestExchange(
  counts: Uint16Array,
  value: number,
  repeats: number,
  criterion: ProtocolCriterion,
  quick: boolean,
  pause: () => Promise<void>,
): Promise<[from: number, to: number]> {
  let [from, to, least] = [0, 0, value * (1 - SAME)];
  for (let a = 0; a < counts.length; a++) {
    if (counts[a] <= Number(a === 0)) continue;
    await pause();
    counts[a]--;
    // Without this measurement a parameter may be undetermined.
    const held = quick && criterion.hold(counts);
    for (let c = 0; c < counts.length; c++) {
      if (c === a || counts[c] === repeats) continue;
      counts[c]++;
      const moved = held ? criterion.heldWith(c) : criterion.of(counts);
      counts[c]--;
      if (moved < least) [from, to, least] = [a, c, moved];
    }
    counts[a]++;
  }
  return [from, to];
}
