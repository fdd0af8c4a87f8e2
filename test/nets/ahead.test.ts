import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { batchesAhead } from '../../src/nets/ahead/batches-ahead.ts';
import { batchesHere, type Batches } from '../../src/nets/ahead/batches.ts';
import counting, { url } from './draws/counting.ts';

const test = suite('batches drawn ahead');
const shape = { steps: 300, inputs: 3, targets: 2 };
const draws = (failsAt: number) => ({ url, setup: { failsAt }, here: () => counting({ failsAt }) });

async function all(batches: Batches, steps: number): Promise<number[][]> {
  const found: number[][] = [];
  for (let step = 0; step < steps; step++) {
    const { x, target } = await batches.next();
    found.push([...x, ...target]);
  }
  await batches.close();
  return found;
}

test('another thread draws the batches this one would, in the order of their steps', async () => {
  const here = await all(batchesHere(draws(-1).here(), shape), shape.steps);
  const ahead = await all(await batchesAhead(draws(-1), shape), shape.steps);
  assert.equal(ahead, here);
  assert.equal(here[299], [299, 299, 299, 299, 299]);
});

test('batches larger than may wait are still drawn ahead', async () => {
  const large = { steps: 5, inputs: 2 ** 23, targets: 0 };
  const batches = await batchesAhead(draws(-1), large);
  for (let step = 0; step < 5; step++) assert.is((await batches.next()).x[2 ** 23 - 1], step);
  await batches.close();
});

test('a draw that fails is told when its batch is asked for, and leaves no thread behind', async () => {
  const batches = await batchesAhead(draws(2), shape);
  await batches.next();
  await batches.next();
  let told: unknown;
  await batches.next().catch((error: unknown) => (told = error));
  await batches.close();
  assert.ok(told instanceof RangeError);
  assert.match(told.message, 'nothing to draw at step 2');
});

test('a module that is not there is told likewise', async () => {
  const batches = await batchesAhead(
    { ...draws(-1), url: new URL('./draws/nowhere.ts', import.meta.url).href },
    shape,
  );
  let told: unknown;
  await batches.next().catch((error: unknown) => (told = error));
  await batches.close();
  assert.match((told as Error).message, 'nowhere');
});

test('training may be given up with batches still waiting', async () => {
  const batches = await batchesAhead(draws(-1), shape);
  await batches.next();
  await batches.close();
});

test.run();
