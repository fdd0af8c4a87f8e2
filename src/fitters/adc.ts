import { z } from 'zod';
import type { FitTask, Fitter, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { fail, Status, type Estimates, type Signals } from '../contracts/voxels.ts';
import { differentBValues, LARGEST_RATE } from '../signal/b-values.ts';
import { LogLine } from '../solvers/log-line.ts';
import { fitMeasured } from '../solvers/measurements.ts';

const settings = z
  .strictObject({
    from: z
      .number()
      .min(0)
      .default(100)
      .describe('smallest b-value that is used, s/mm²; 0 includes perfusion'),
    upTo: z
      .union([z.literal('highest'), z.number().positive()])
      .default('highest')
      .describe('largest b-value that is used, s/mm², or all up to the `highest`'),
    weighted: z
      .boolean()
      .default(true)
      .describe(
        'whether logarithms are weighted by the squares of the signals, which the logarithm asks for',
      ),
  })
  .readonly();
type Settings = z.infer<typeof settings>;

/**
 * The apparent diffusion coefficient: one exponential, S0 exp(-b ADC), by a straight line through the logarithms. It is reported as
 * D, and has no f and Dp. Where blood contributes, ADC is above D: by little from b-values of 100 s/mm² on, the default, by much from 0 on.
 *
 * Status: `atBound` where the signals do not decay (ADC 0) or decay faster than any tissue; `notConverged` if fewer than two of the
 * signals are above 0. Standard deviations: from the scatter about the line, with three signals or more.
 */
const adc: Fitter<Settings> = {
  label: 'ADC, mono-exponential',
  source:
    'Le Bihan et al., Radiology 1986;161:401-407; Salvador et al., Hum Brain Mapp 2005;24:144-155 (weights)',
  inexact: true,
  settings,
  estimates: ['D'],
  estimatesS0: true,
  // Perfusion counts as diffusion, with or without noise.
  guarantees: [],
  checkProtocol: (bValues, settings) => void usedOf(bValues, settings),
  prepare: async ({ bValues }: FitTask, settings: Settings) => new OneLine(bValues, settings),
};
export default adc;

/** Indices of the first b-value that is used and of the first beyond the last. @throws InputError if fewer than two remain */
function usedOf(bValues: Float64Array, { from, upTo }: Settings): readonly [first: number, end: number] {
  const most = upTo === 'highest' ? Infinity : upTo;
  const used = bValues.filter((b) => b >= from && b <= most);
  const different = differentBValues(used).length;
  if (different < 2) {
    throw new InputError(
      `adc: from ${from} up to ${upTo} s/mm² there are ${different} of the b-values ${bValues.join(', ')}; ` +
        'at least two different ones are needed',
    );
  }
  const first = bValues.findIndex((b) => b >= from);
  return [first, first + used.length];
}

class OneLine implements PreparedFitter {
  readonly backend = 'JavaScript';
  readonly #width: number;
  readonly #first: number;
  readonly #line: LogLine;
  readonly #weighted: boolean;
  readonly #variances = new Float64Array(2);

  constructor(bValues: Float64Array, settings: Settings) {
    const [first, end] = usedOf(bValues, settings);
    this.#width = bValues.length;
    this.#first = first;
    this.#line = new LogLine(bValues.slice(first, end));
    this.#weighted = settings.weighted;
  }

  fit(signals: Signals, out: Estimates): void {
    fitMeasured(signals, out, (i) => this.#fitVoxel(signals, i, out));
  }

  #fitVoxel({ values, scale }: Signals, i: number, out: Estimates): void {
    const line = this.#line;
    line.measure(values, i * this.#width + this.#first, this.#weighted);
    const found = line.fit(RATES, INTERCEPTS);
    if (!found || !Number.isFinite(line.slope + line.intercept)) {
      fail(out, i, Status.notConverged);
      return;
    }
    const D = line.slope;
    out.S0[i] = Math.exp(line.intercept) * scale[i];
    out.D[i] = D;
    out.f[i] = out.Dp[i] = NaN;
    out.status[i] = D > RATES[0] && D < RATES[1] ? Status.converged : Status.atBound;
    if (!out.sd) return;
    line.deviate(this.#variances);
    out.sd.D[i] = Math.sqrt(this.#variances[0]);
    out.sd.f[i] = out.sd.Dp[i] = NaN;
  }
}

/** Rates from none to the largest that the program takes for a diffusion coefficient, mm²/s. */
const RATES = [0, LARGEST_RATE.D] as const;
/** Logarithm of S0 over the mean at b=0. */
const INTERCEPTS = [-10, 10] as const;
