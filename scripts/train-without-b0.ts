/**
 * Trains the networks of any-protocol-net for scans without b=0 and writes them to models/any-protocol-net/, or to another
 * folder. Study configs always have b=0, so `ivim-bench train` trains the others only.
 *
 *     node --import tsx scripts/train-without-b0.ts [--only body|study] [--out DIR] [--steps N]
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTogether } from '../src/files/write-together.ts';
import { loadFitter } from '../src/plugins/discover.ts';
import { deriveSeed } from '../src/random/seed.ts';

const name = 'any-protocol-net';
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: resolve(import.meta.dirname, '..', 'models', name) },
    steps: { type: 'string' },
    only: { type: 'string' },
  },
});
const steps = options.steps === undefined ? {} : { steps: Number(options.steps) };
const { value: fitter } = await loadFitter(name);
for (const prior of options.only === undefined ? ['body', 'study'] : [options.only]) {
  const prepared = await fitter.prepare(
    {
      // Only the first b-value matters, which is not 0.
      bValues: Float64Array.of(10, 100, 500, 1000),
      seed: deriveSeed(2020, 'without-b0', prior),
      ignoreShipped: true,
    },
    fitter.settings!.parse({ prior, ...steps }),
  );
  const { files } = await prepared.save!();
  const folder = join(options.out, `${prior}-without-b0`);
  await writeTogether(folder, files);
  console.log(`${folder}: last loss ${prepared.losses!.at(-1)!.loss.toPrecision(6)}`);
  prepared.dispose?.();
}
