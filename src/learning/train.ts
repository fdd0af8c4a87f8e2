import type { Checkpoint } from '../contracts/cell.ts';
import type { Batch, Learner, Outputs, SavedState } from '../contracts/learner.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { augment, type Augmentation } from './augmentation.ts';
import { everyPlace, gather, sizeOf, type Cases } from './cases.ts';
import { concatenated } from './concatenated.ts';
import { scheduled, type Schedule } from './schedule.ts';
import { shuffled } from './splits.ts';

/** How a network is trained. */
export interface TrainingOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly schedule: Schedule;
  /** Epochs without a lower loss on validation cases after which training ends; null: it never ends early. */
  readonly patience: number | null;
  readonly augmentation?: Augmentation;
  readonly seed: number;
}

/** Cases by their places. Only these decide anything: no other case is looked at. */
export interface TrainingSets {
  readonly training: readonly number[];
  readonly validation: readonly number[];
}

/** One epoch of a training curve. */
export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the steps, each before its change, with dropout and augmentation. */
  readonly trainingLoss: number;
  /** Of what the network says of them, in the same way. */
  readonly trainingScore: number;
  /** After the epoch; NaN without validation cases. */
  readonly validationLoss: number;
  readonly validationScore: number;
}

export interface Trained {
  readonly curve: readonly Epoch[];
  /** The epoch whose weights the learner has: that of the lowest validation loss, or the last without validation cases. */
  readonly kept: number;
}

/** What of a case's output a curve shows: 1 where the class is right, say. */
export type Score = (output: Float32Array, target: Float32Array) => number;

/**
 * Changes a batch in place every time it is trained on, inputs and targets alike: with fresh noise, say.
 * @param random a stream of the seed and the number of the epoch, drawn from batch after batch
 * @param places of the cases of the batch
 */
export type Vary = (batch: Batch, random: QuickRandom, places: readonly number[]) => void;

export interface TrainingContext {
  readonly checkpoint?: Checkpoint;
  /** After the augmentation of the options. Validation cases are used as they are. */
  readonly vary?: Vary;
  /** Absent: nothing but the loss is followed, and scores are NaN. */
  readonly score?: Score;
  readonly onProgress?: (done: number, message: string) => void;
}

const RECORD = 'training.json';
const BEST = 'best/';

/**
 * Trains for a number of epochs, or until the loss on validation cases has not fallen for `patience` of them, and leaves the learner
 * with the weights of its best epoch. The order of the cases and their variations depend on the seed and the number of the epoch
 * alone; after every epoch everything that decides the rest goes into the checkpoint, so that an interrupted training ends with the
 * weights of an unbroken one, bit for bit.
 */
export async function train(
  learner: Learner,
  cases: Cases,
  sets: TrainingSets,
  options: TrainingOptions,
  { checkpoint, score = () => NaN, onProgress, vary }: TrainingContext,
): Promise<Trained> {
  if (options.patience !== null && sets.validation.length === 0) {
    throw new Error('early stopping needs validation cases');
  }
  const before = await resume(learner, checkpoint);
  const curve: Epoch[] = [...before.curve];
  let best = before.best;
  let at = before.at;
  while (at < options.epochs && !isOver(curve, options.patience)) {
    curve.push(runEpoch(learner, cases, sets, options, at, score, vary));
    at++;
    if (sets.validation.length > 0 && bestEpoch(curve) === at) best = learner.save();
    await checkpoint?.write(encode(learner.save(), best, curve));
    onProgress?.(at / options.epochs, `epoch ${at} of ${options.epochs}`);
    // A turn of the event loop, in which a stop can arrive.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (best) learner.restore(best);
  return { curve, kept: best ? bestEpoch(curve) : curve.length };
}

/** A note, if the weights are not those of the last epoch. */
export const keptNote = (name: string, { curve, kept }: Trained): string[] =>
  kept < curve.length ? [`${name}: kept the weights of epoch ${kept} of ${curve.length}`] : [];

/** What the network says of cases, in batches. */
export function evaluate(learner: Learner, cases: Cases, which: readonly number[], batch: number): Outputs {
  let loss = 0;
  const parts: Float32Array[] = [];
  for (let at = 0; at < which.length; at += batch) {
    const some = which.slice(at, at + batch);
    const outputs = learner.evaluate(gather(cases, some));
    loss += outputs.loss * some.length;
    parts.push(outputs.values);
  }
  return { loss: which.length === 0 ? NaN : loss / which.length, values: concatenated(parts) };
}

function runEpoch(
  learner: Learner,
  cases: Cases,
  { training, validation }: TrainingSets,
  { batch, epochs, rate, schedule, augmentation, seed }: TrainingOptions,
  epoch: number,
  score: Score,
  vary: Vary | undefined,
): Epoch {
  const order = shuffled(training, new QuickRandom(deriveSeed(seed, 'order', epoch)));
  const random = new QuickRandom(deriveSeed(seed, 'augmentation', epoch));
  const steps = Math.ceil(order.length / batch);
  const width = sizeOf(cases.shape);
  let [loss, right] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const which = order.slice(step * batch, (step + 1) * batch);
    const some = gather(cases, which);
    if (augmentation) {
      for (let i = 0; i < some.n; i++) {
        augment(some.inputs.subarray(i * width, (i + 1) * width), cases.shape, augmentation, random);
      }
    }
    vary?.(some, random, which);
    const outputs = learner.step(some, rate * scheduled(schedule, epoch * steps + step, epochs * steps));
    loss += outputs.loss * some.n;
    right += sumOfScores(outputs.values, some, everyPlace(some.n), score);
  }
  const validated = evaluate(learner, cases, validation, batch);
  return {
    epoch: epoch + 1,
    trainingLoss: loss / order.length,
    trainingScore: right / order.length,
    validationLoss: validated.loss,
    validationScore: sumOfScores(validated.values, cases, validation, score) / validation.length,
  };
}

/** @param which the cases that the outputs are of */
function sumOfScores(
  values: Float32Array,
  { n, targets }: Pick<Cases, 'n' | 'targets'>,
  which: readonly number[],
  score: Score,
): number {
  const [outputs, wanted] = [values.length / which.length, targets.length / n];
  return which.reduce(
    (sum, place, i) =>
      sum +
      score(
        values.subarray(i * outputs, (i + 1) * outputs),
        targets.subarray(place * wanted, (place + 1) * wanted),
      ),
    0,
  );
}

/** From 1; the first of equals. */
function bestEpoch(curve: readonly Epoch[]): number {
  let best = curve[0];
  for (const each of curve) if (each.validationLoss < best.validationLoss) best = each;
  return best.epoch;
}

const isOver = (curve: readonly Epoch[], patience: number | null): boolean =>
  patience !== null && curve.length > 0 && curve.length - bestEpoch(curve) >= patience;

interface Resumed {
  readonly at: number;
  readonly curve: readonly Epoch[];
  readonly best: SavedState | undefined;
}

async function resume(learner: Learner, checkpoint: Checkpoint | undefined): Promise<Resumed> {
  const files = await checkpoint?.read();
  const record = files?.get(RECORD);
  if (!files || !record) return { at: 0, curve: [], best: undefined };
  const curve = JSON.parse(new TextDecoder().decode(record), (_key, value: unknown) =>
    value === 'NaN' ? NaN : value,
  ) as Epoch[];
  const best = new Map(
    [...files].flatMap(([name, bytes]) => (name.startsWith(BEST) ? [[name.slice(BEST.length), bytes]] : [])),
  );
  learner.restore(files);
  return { at: curve.length, curve, best: best.size > 0 ? best : undefined };
}

function encode(state: SavedState, best: SavedState | undefined, curve: readonly Epoch[]): SavedState {
  const record = JSON.stringify(curve, (_key, value: unknown) => (Number.isNaN(value) ? 'NaN' : value));
  return new Map([
    ...state,
    ...[...(best ?? [])].map(([name, bytes]) => [BEST + name, bytes] as const),
    [RECORD, new TextEncoder().encode(record)],
  ]);
}
