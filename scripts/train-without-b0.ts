// Trains the networks of any-protocol-net for scans without b=0 and leaves them in models/any-protocol-net/:
//   node --import tsx scripts/train-without-b0.ts
// Study configs always have b=0, so `ivim-bench train` trains the others only.
import { fileURLToPath } from 'node:url';
import { writeTogether } from '../src/files/write-together.ts';
import { loadFitter } from '../src/plugins/discover.ts';
import { deriveSeed } from '../src/random/seed.ts';

const name = 'any-protocol-net';
const { value: fitter } = await loadFitter(name);
for (const prior of ['body', 'study']) {
  const prepared = await fitter.prepare(
    {
      // Only the first b-value matters, which is not 0.
      bValues: Float64Array.of(10, 100, 500, 1000),
      seed: deriveSeed(2020, 'without-b0', prior),
      ignoreShipped: true,
    },
    fitter.settings!.parse({ prior }),
  );
  const { files } = await prepared.save!();
  const folder = fileURLToPath(new URL(`../models/${name}/${prior}-without-b0/`, import.meta.url));
  await writeTogether(folder, files);
  console.log(`${folder}: last loss ${prepared.losses!.at(-1)!.loss.toPrecision(6)}`);
  prepared.dispose?.();
}
