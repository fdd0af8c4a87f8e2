import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import posteriorNet from '../../src/fitters/posterior-net.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit with a saved posterior network');
const { path, put } = scratchFolder();
const b = [0, 50, 400, 1000];

test('the network knows its tissue, and its intervals go into the table', async () => {
  const ready = await posteriorNet.prepare(
    {
      bValues: Float64Array.from(b),
      seed: 1,
      tissue: { D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] }, Dp: { uniform: [0.01, 0.1] } },
    },
    posteriorNet.settings!.parse({ epochs: 2 }),
  );
  const model = path('model');
  mkdirSync(model);
  for (const [name, bytes] of (await ready.save!()).files) writeFileSync(`${model}/${name}`, bytes);
  const rows = [1, 1.3].map((D) => b.map((each) => 900 * Math.exp(-each * D * 1e-3)).join(','));
  const signals = put('voxels.csv', [b.map((each) => `b${each}`).join(','), ...rows].join('\n') + '\n');
  const out = path('estimates.csv');
  const words = { signals: [signals], fitter: 'posterior-net', model, sigma: 20, intervals: true };
  assert.is(await fit({ ...words, out, quiet: true }), 0);
  const [header, ...lines] = readFileSync(out, 'utf8').trim().split('\n');
  const at = (name: string) => header.split(',').indexOf(name);
  for (const line of lines) {
    const cells = line.split(',').map(Number);
    for (const name of ['D', 'f', 'Dp']) {
      const [low, high] = [cells[at(`${name}_low`)], cells[at(`${name}_high`)]];
      assert.ok(low < high && cells[at(`${name}_sd`)] > 0, `${name}: ${low} to ${high}`);
    }
  }
  assert.is(lines.length, 2);
});

test.run();
