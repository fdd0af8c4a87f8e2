import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema.ts';

const test = suite('json-schema');
const configs = new URL('../../configs/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, configs), 'utf8');
const valid = new Ajv2020({ strict: true, allErrors: true }).compile(await configJsonSchema());

test('every config in the package is valid and names the schema beside it for editors', () => {
  const files = readdirSync(configs).filter((file) => file.endsWith('.yaml'));
  assert.ok(files.length >= 2);
  for (const file of files) {
    assert.ok(valid(parse(read(file))), `${file}: ${JSON.stringify(valid.errors)}`);
    assert.match(read(file), /^# yaml-language-server: \$schema=schema\.json\n/);
  }
});

test('it refuses what an editor should underline', () => {
  const wrong: [from: string | RegExp, to: string][] = [
    ['voxels: 200', 'voxels: many'],
    ['voxels: 200', 'voxls: 200'],
    ['snr: [100, 20, 10]', 'snr: [-1]'],
    ['snr: [100, 20, 10]', 'snr: [20]\n    sigma: [75]'],
    ['barbieri-2020', 'barbieri-2002'],
    ['- ls-global', '- ls-globl'],
    ['threshold: 250', 'treshold: 250'],
    ['epochs: 20', 'epochs: few'],
    ['experiment: phantom', 'experiment: fantom'],
    ['Dp: { uniform', 'Dp: { unifrom'],
    [/^protocol.*$/m, ''],
    [/^protocol.*$/m, 'protocol: barbieri-2020\nprotocols: all'],
    [/^protocol.*$/m, 'protocols: [barbieri-2002]'],
  ];
  for (const [from, to] of wrong) {
    const text = read('smoke.yaml').replace(from, to);
    assert.not.equal(text, read('smoke.yaml'));
    assert.not(valid(parse(text)), `${String(from)} -> ${to}`);
  }
  const right: [from: string | RegExp, to: string][] = [
    ['- ls-global', '- ./mine.ts'],
    ['- ls-global', '- { use: ./mine.ts, anything: 3 }'],
    ['barbieri-2020', '{ bValues: [0, 50, 100, 800] }'],
    ['barbieri-2020', './mine.yaml'],
    [/^protocol.*$/m, 'protocols: all'],
    [/^protocol.*$/m, 'protocols: [barbieri-2020, ./mine.yaml, { bValues: [0, 50, 100, 800] }]'],
    [
      /^protocol.*$/m,
      'protocols: [barbieri-2020, { protocol: osipi-brain, training: { voxels: 9, noise: { sigma: { constant: 1 } } } }]',
    ],
  ];
  for (const [from, to] of right) {
    assert.ok(valid(parse(read('smoke.yaml').replace(from, to))), to);
  }
});

/** What a plug-in brings is left out: adding a file must not make the kept copy wrong. */
function withoutFitters(schema: Record<string, unknown>): unknown {
  const { $defs, ...rest } = schema as { $defs: Record<string, unknown> };
  return { ...rest, $defs: { ...$defs, Fitter: null } };
}

test('the copy kept for editors is what `ivim-bench schema > configs/schema.json` prints', async () => {
  const kept = JSON.parse(read('schema.json')) as Record<string, unknown>;
  const printed = JSON.parse(JSON.stringify(await configJsonSchema())) as Record<string, unknown>;
  assert.equal(withoutFitters(kept), withoutFitters(printed));
});

test.run();
