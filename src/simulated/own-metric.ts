import type { ErrorSample, Interval, Metric, Statistic } from '../contracts/metric.ts';
import { describedValue } from '../plugins/described-value.ts';
import { pluginFailure } from '../plugins/plugin-failure.ts';
import { SharedArrays } from './shared-arrays.ts';

/**
 * Returns the same metric of the user's, whose exceptions name its file. What its functions return is checked, and that they change
 * nothing that other metrics are given too.
 * @param name as its rows have it
 */
export function ownMetric(module: URL, name: string, metric: Metric): Metric {
  /** Calls one of its functions, named `part`, on arrays that are others' too. */
  const call = <T>(part: string, given: SharedArrays | null, work: () => T, { is, text }: Wanted): T => {
    try {
      const value = work();
      if (given?.restore()) {
        throw new Error(
          `${part} of ${name} wrote into the arrays it was given, which other metrics use too: it may work on copies`,
        );
      }
      if (is(value)) return value;
      throw new Error(`${part} of ${name} returned ${describedValue(value)}; allowed: ${text}`);
    } catch (error) {
      // It may have written before it failed.
      given?.restore();
      throw new Error(pluginFailure('metric', module, error), { cause: error });
    }
  };

  const { label, definition, interval, needs } = metric;
  return {
    label,
    definition,
    ...(needs ? { needs } : {}),
    unit: (parameter) => call('unit', null, () => metric.unit(parameter), A_TEXT),
    over(sample) {
      const arrays = arraysOf(sample);
      const statistic: Statistic = call('over', arrays, () => metric.over(sample), A_STATISTIC);
      return (weights) => {
        // The sample is large and the resamples many: it is looked at once, with all voxels.
        const given = weights === null ? arrays : new SharedArrays([weights]);
        return call('the statistic', given, () => statistic(weights), A_NUMBER);
      };
    },
    ...(interval
      ? {
          interval: (sample: ErrorSample) =>
            call('interval', arraysOf(sample), () => interval(sample), AN_INTERVAL),
        }
      : {}),
    ...(interval === false ? { interval } : {}),
  };
}

const arraysOf = ({ estimate, truth, sd, quantiles }: ErrorSample): SharedArrays =>
  new SharedArrays([estimate, truth, ...(sd ? [sd] : []), ...(quantiles ? [quantiles] : [])]);

/** What a function must return, and how to say it. */
interface Wanted {
  readonly is: (value: unknown) => boolean;
  readonly text: string;
}

const A_TEXT: Wanted = {
  is: (value) => typeof value === 'string',
  text: "a text, '' where the value has no unit",
};
const A_STATISTIC: Wanted = {
  is: (value) => typeof value === 'function',
  text: 'a function of the weights that returns the statistic',
};
const A_NUMBER: Wanted = {
  is: (value) => typeof value === 'number',
  text: 'a number, NaN where the statistic is undefined',
};
const AN_INTERVAL: Wanted = {
  is: (value) => value === null || isInterval(value),
  text: '{ low, high } with two numbers, or null for an interval by bootstrap',
};

const isInterval = (value: unknown): value is Interval =>
  typeof value === 'object' &&
  value !== null &&
  'low' in value &&
  'high' in value &&
  typeof value.low === 'number' &&
  typeof value.high === 'number';
