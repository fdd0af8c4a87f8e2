import { TRUTH } from '../contracts/metric.ts';
import { shuffled } from '../learning/splits.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import type { Person } from './packed-abdomens.ts';

/** The label maps that are learnt from: those of all readers, or the truth. */
export const learntMaps = ({ labels }: Person, source: 'readers' | 'truth'): Uint8Array[] =>
  [...labels].flatMap(([name, map]) => ((name === TRUTH) === (source === 'truth') ? [map] : []));

/** Everyone with the label maps of someone else: what is left to learn is where regions usually are. */
export function shuffledMaps(people: readonly Person[], seed: number): Person[] {
  const order = shuffled(people, new QuickRandom(deriveSeed(seed, 'label maps')));
  const giver = new Map(order.map((person, i) => [person.name, order[(i + 1) % order.length]]));
  return people.map((person) => ({ ...person, labels: giver.get(person.name)!.labels }));
}
