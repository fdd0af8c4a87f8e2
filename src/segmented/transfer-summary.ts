import type { Task } from '../contracts/cell.ts';
import { TRUTH, type Row } from '../contracts/metric.ts';
import { meanOverSubjects } from '../image-metrics/mean-over-subjects.ts';
import { measuredRow, type RowSubject } from '../measures/measured-rows.ts';
import {
  PEOPLE_NEEDED,
  PEOPLE_SAVED,
  STARTS,
  TRANSFER_DICE,
  TRANSFER_DICE_DIFFERENCE,
} from '../measures/segmentation-transfer.ts';
import { jackknifeInterval, PLAIN } from '../statistics/jackknife.ts';
import { decodeScores, SCORES } from './scores.ts';

/** One training, or the network as it was. */
export interface Transferred {
  readonly start: (typeof STARTS)[keyof typeof STARTS];
  /** Of the other field. */
  readonly people: number;
  readonly draw: number;
}

export interface TransferSummaryInput {
  readonly about: RowSubject;
  /** The needs `training 1`, … */
  readonly trainings: readonly Transferred[];
}

export const trainingNeed = (number: number): string => `training ${number}`;

/** Dice of the tested people, in the same order for every training: the mean over regions and draws of each. */
interface Tested extends Omit<Transferred, 'draw'> {
  readonly dice: readonly number[];
}

/** Dice at the other field by start and number of people, and how many people fine-tuning saves. */
export const summariseTransfer: Task<TransferSummaryInput> = {
  module: import.meta.url,
  name: 'summariseTransfer',
  async run({ about, trainings }, context) {
    const scored = await Promise.all(
      trainings.map(async (training, i) => {
        const scores = decodeScores(await context.read(trainingNeed(i + 1), SCORES));
        const people = [...new Set(scores.map(({ person }) => person))].sort();
        return { ...training, dice: people.map((person) => diceOf(scores, person)) };
      }),
    );
    const tested = new Map<string, Tested>();
    for (const { start, people } of trainings) {
      const same = scored.filter((each) => each.start === start && each.people === people);
      const dice = same[0].dice.map((_, i) => meanOf(same.map((each) => each.dice[i])));
      tested.set(`${start} ${people}`, { start, people, dice });
    }
    return { rows: transferRows(about, [...tested.values()]) };
  },
};

/** Rows of all that was trained. */
export function transferRows(about: RowSubject, tested: readonly Tested[]): Row[] {
  const curve = tested
    .filter(({ start }) => start === STARTS.fromScratch)
    .sort((a, b) => a.people - b.people);
  return tested.flatMap(({ start, people, dice }): Row[] => {
    const factors = { start, people };
    const rows = [measuredRow(about, TRANSFER_DICE, meanOverSubjects(dice), factors)];
    if (start === STARTS.fromScratch || curve.length === 0) return rows;
    const scratch = curve.find((each) => each.people === people);
    if (scratch) {
      const differences = dice.map((value, i) => value - scratch.dice[i]);
      rows.push(measuredRow(about, TRANSFER_DICE_DIFFERENCE, meanOverSubjects(differences), factors));
    }
    const needed = neededInterval(curve, dice);
    rows.push(measuredRow(about, PEOPLE_NEEDED, needed, factors));
    const less = (value: number) => value - people;
    const [value, low, high] = [needed.value, needed.low, needed.high].map(less);
    rows.push(measuredRow(about, PEOPLE_SAVED, { value, low, high, n: needed.n }, factors));
    return rows;
  });
}

/** The number of people and its interval over tested people, on the scale of its logarithm, within the sizes of the curve. */
function neededInterval(curve: readonly Tested[], dice: readonly number[]) {
  const n = dice.length;
  const logOf = (left: number) => {
    const some = (values: readonly number[]) => meanOf(values.filter((_, i) => i !== left));
    const points = curve.map(({ people, dice: own }) => ({ people, dice: some(own) }));
    return Math.log(peopleNeeded(points, some(dice)));
  };
  const value = logOf(-1);
  const { low, high } = jackknifeInterval(
    value,
    dice.map((_, i) => logOf(i)),
    PLAIN,
  );
  const [least, most] = [curve[0].people, curve.at(-1)!.people];
  const within = (log: number) => Math.min(most, Math.max(least, Math.exp(log)));
  return { value: within(value), low: within(low), high: within(high), n };
}

/**
 * The number of people at which a learning curve has a Dice: linear in the logarithm of the number between two sizes; the smallest size for what is below the
 * curve, the largest for what is above. Where a larger set has a lower Dice than a smaller one, the smaller one's counts.
 * @param curve sizes ascending
 */
export function peopleNeeded(
  curve: readonly { readonly people: number; readonly dice: number }[],
  wanted: number,
): number {
  let [{ people, dice }] = curve;
  if (wanted <= dice) return people;
  for (const next of curve.slice(1)) {
    if (next.dice >= wanted) {
      const share = (wanted - dice) / (next.dice - dice);
      return people * (next.people / people) ** share;
    }
    people = next.people;
    dice = Math.max(dice, next.dice);
  }
  return people;
}

function diceOf(scores: ReturnType<typeof decodeScores>, person: string): number {
  const own = scores.filter((score) => score.person === person && score.reference === TRUTH);
  return meanOf(own.map(({ dice }) => dice).filter((dice) => !Number.isNaN(dice)));
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
