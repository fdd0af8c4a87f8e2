import { failedFrom, QUANTILE_LEVELS, Status, type Estimates } from '../contracts/voxels.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

const LEVELS = QUANTILE_LEVELS.length;
/** A fraction that may be below this can't be told from none. */
const NO_PERFUSION = 0.02;

/** Counts, on their way to the file, the estimates in which a prior says more than the signals. */
export class PriorCount {
  #fitted = 0;
  #lowF = 0;
  #outside = 0;

  /** A sink that counts what it hands on. */
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
      if (status[i] === Status.outOfRange) this.#outside++;
      if (quantiles && quantiles.f[i * LEVELS] < NO_PERFUSION) this.#lowF++;
    }
  }

  /** What to say of a fitter that gives intervals by a prior. */
  notes(): string[] {
    const notes: string[] = [];
    if (this.#lowF > 0) {
      notes.push(
        `in ${this.#lowF} of ${counted(this.#fitted, 'voxel')} the 95 % interval of f goes down to ${NO_PERFUSION} or less: perfusion is not ` +
          'shown there, and the prior pulls f up and Dp towards its middle',
      );
    }
    if (this.#outside > 0) {
      notes.push(
        `${this.#outside} of ${counted(this.#fitted, 'voxel')} ${oneOrMore(this.#outside, 'lies', 'lie')} outside of what the fitter is made for (status outOfRange): trust ${oneOrMore(this.#outside, 'it', 'them')} less`,
      );
    }
    return notes;
  }
}
