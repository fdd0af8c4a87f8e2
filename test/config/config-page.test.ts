import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { CONFIG_PAGE, configPage, FITTER_SETTINGS } from '../../scripts/docs/config.ts';
import { describeKeys, sharedSchemas } from '../../src/config/describe-keys.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { oneOfKeys } from '../../src/config/sections/one-of-keys.ts';

const test = suite('docs/config.md');

/** JSON Schema, as far as this test looks into it. */
interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

test('every key of every config and every setting of every fitter has a description', async () => {
  const whole = (await configJsonSchema()) as { $defs: Record<string, Schema> };
  let keys = 0;
  const walk = (part: unknown, path: string): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, property] of Object.entries((part as Schema).properties ?? {})) {
      keys++;
      const { description, $ref, const: fixed } = property;
      const shared = $ref === undefined ? undefined : whole.$defs[$ref.replace('#/$defs/', '')];
      const words = description ?? shared?.description ?? '';
      assert.ok(words.length > 5 || fixed !== undefined, `${path}.${key} has no description`);
    }
    for (const [key, value] of Object.entries(part)) walk(value, `${path}/${key}`);
  };
  walk(whole, '');
  assert.ok(keys > 500, `${keys} keys`);
});

/** A page as what comes before its fitters, and the sections of its fitters by name. */
function split(page: string): { head: string; fitters: Map<string, string> } {
  const [head, tail] = page.split(`${FITTER_SETTINGS}\n`);
  const sections = tail.split(/^### /m).slice(1);
  return { head, fitters: new Map(sections.map((section) => [section.split('\n', 1)[0], section.trim()])) };
}

// A new fitter is one new file: the page may lack it, but what it has must be right.
test('docs/config.md is up to date: node --import tsx scripts/docs/config.ts', async () => {
  const kept = split(readFileSync(CONFIG_PAGE, 'utf8'));
  const now = split(await configPage());
  assert.is(kept.head, now.head);
  assert.ok(kept.fitters.size > 20);
  for (const [name, section] of kept.fitters) assert.is(section, now.fitters.get(name), name);
});

test('keys, with what they allow, their defaults and what they mean', () => {
  const Range = z.tuple([z.number(), z.number()]).describe('a range').meta({ id: 'TestRange' });
  const schema = z
    .strictObject({
      voxels: z.int().min(1).max(9).default(3).describe('number of voxels'),
      range: Range.optional().describe('where'),
      noise: oneOfKeys({ sigma: z.number().positive().describe('SD'), snr: z.number().describe('ratio') }),
      image: z
        .strictObject({ size: z.number().default(2).describe('mm') })
        .prefault({})
        .describe('grid'),
      files: z.array(z.strictObject({ name: z.string().describe('path') })).describe('list'),
      readers: z.record(z.string(), z.strictObject({ shift: z.number().describe('mm') })).describe('by name'),
    })
    .superRefine(() => {})
    .transform((value) => value);
  const lines = describeKeys(schema).map(({ path, allowed, required, default: value, description }) =>
    [path, allowed, required ? 'required' : JSON.stringify(value), description].join(' | '),
  );
  assert.equal(lines, [
    'voxels | an integer from 1 to 9 | 3 | number of voxels',
    'range | TestRange |  | where',
    'noise | a mapping with exactly one of the keys sigma, snr | required | ',
    'noise.sigma | a number above 0 |  | SD',
    'noise.snr | a number |  | ratio',
    'image | a mapping |  | grid',
    'image.size | a number | 2 | mm',
    'files | a list of mappings | required | list',
    'files[].name | a text | required | path',
    'readers | a mapping of names to mappings | required | by name',
    'readers.*.shift | a number | required | mm',
  ]);
  assert.equal([...sharedSchemas(schema).keys()], ['TestRange']);
});

test.run();
