import { failedFrom, QUANTILE_LEVELS, Status, type Estimates } from '../contracts/voxels.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

const LEVELS = QUANTILE_LEVELS.length;
/** A fraction that may be below this can't be distinguished from 0. */
const NO_PERFUSION = 0.02;

/** Counts the estimates that are dominated by a prior, on their way to the file. */
export class PriorCount {
  #fitted = 0;
  #lowF = 0;
  #outOfRange = 0;
  #atBound = 0;

  /** Wraps a sink so that the estimates passing through are counted. */
  counting(sink: EstimateSink): EstimateSink {
    return {
      write: (first, estimates) => {
        this.#count(estimates);
        return sink.write(first, estimates);
      },
      finish: () => sink.finish(),
      discard: () => sink.discard(),
    };
  }

  #count({ n, status, quantiles }: Estimates): void {
    for (let i = 0; i < n; i++) {
      if (status[i] >= failedFrom) continue;
      this.#fitted++;
      if (status[i] === Status.outOfRange) this.#outOfRange++;
      // A posterior mean lies inside the prior: if it had to be moved there, the voxel lies outside.
      if (status[i] === Status.atBound) this.#atBound++;
      if (quantiles && quantiles.f[i * LEVELS] < NO_PERFUSION) this.#lowF++;
    }
  }

  /** Returns the notes on a fitter that computes intervals from a prior. */
  notes(): string[] {
    const notes: string[] = [];
    if (this.#lowF > 0) {
      notes.push(
        `in ${this.#lowF} of ${counted(this.#fitted, 'voxel')} the 95 % interval of f goes down to ${NO_PERFUSION} or less: perfusion is not ` +
          'shown there, and the prior pulls f up and Dp towards its middle',
      );
    }
    const outside = this.#outOfRange + this.#atBound;
    if (outside > 0) {
      const statuses = `status outOfRange: ${this.#outOfRange}, atBound: ${this.#atBound}`;
      notes.push(
        `${outside} of ${counted(this.#fitted, 'voxel')} ${oneOrMore(outside, 'lies', 'lie')} outside the prior or the noise levels of the fitter (${statuses}): trust ${oneOrMore(outside, 'it', 'them')} less`,
      );
    }
    return notes;
  }
}
