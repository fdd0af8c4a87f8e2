import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { check } from '../../src/config/check.ts';
import { describeSchema } from '../../src/config/describe-schema.ts';
import { oneOfKeys } from '../../src/config/sections/one-of-keys.ts';
import { showValue } from '../../src/config/show-value.ts';
import { refused } from '../data/refused.ts';

const test = suite('describe-schema');

test('schemas in words', () => {
  const words: [z.core.$ZodType, string][] = [
    [z.number(), 'a number'],
    [z.number().positive(), 'a number above 0'],
    [z.number().min(0).max(1), 'a number from 0 to 1'],
    [z.number().gt(0).lt(1), 'a number above 0 and below 1'],
    [z.int().min(1).max(9), 'an integer from 1 to 9'],
    [z.int().positive(), 'an integer above 0'],
    [z.string(), 'a text'],
    [z.boolean().default(true), 'true or false'],
    [z.enum(['a', 'b', 'c']), 'a, b or c'],
    [z.literal('only').optional(), 'only'],
    [z.array(z.number()).min(4), 'a list of at least 4 numbers'],
    [z.array(z.string()), 'a list of texts'],
    [z.array(z.int().positive()).length(2), 'a list of 2 integers above 0'],
    [z.tuple([z.number(), z.number()]), 'a list of 2: each a number'],
    [z.strictObject({ a: z.number(), b: z.string() }), 'a mapping with the keys a, b'],
    [z.union([z.literal('auto'), z.int().min(1)]), 'auto or an integer of at least 1'],
    [oneOfKeys({ a: z.number(), b: z.number() }), 'a mapping with exactly one of the keys a, b'],
    [z.number().transform(String), 'a number'],
  ];
  for (const [schema, text] of words) assert.is(describeSchema(schema), text);
});

test('values in words, short and on one line', () => {
  assert.is(showValue('a\nb'), '"a\\nb"');
  assert.is(showValue(null), 'nothing');
  assert.is(showValue(NaN), 'NaN');
  assert.is(showValue([1, [2, 'x']]), '[1, [2, "x"]]');
  assert.is(showValue({}), 'an empty mapping');
  assert.is(showValue({ a: 1, b: 2 }), 'a mapping with the keys a, b');
  assert.ok(showValue('x'.repeat(1000)).length < 80);
  assert.ok(showValue(Array.from({ length: 1000 }, (_, i) => i)).length < 80);
});

test('in a union the alternative that can be meant is explained', async () => {
  const schema = z.strictObject({
    prior: z.union([
      z.literal('empirical'),
      z.strictObject({ D: z.strictObject({ median: z.number().positive() }) }),
    ]),
  });
  const say = (value: unknown, ...says: string[]) =>
    refused(() => check(schema, value, () => 'here'), ...says);
  await say(
    { prior: 'empiric' },
    'here: prior: found "empiric"; allowed: empirical or a mapping',
    'did you mean empirical?',
  );
  await say({ prior: { D: { median: -1 } } }, 'prior.D.median: found -1; allowed: a number above 0');
  await say(
    { prior: { D: { medain: 1 } } },
    'prior.D.medain: unknown key medain',
    'did you mean median?',
    'prior.D.median: missing',
  );
  await say({ prior: { d: {} } }, 'prior.d: unknown key d', 'did you mean D?');
  await say({ prior: 7 }, 'prior: found 7');
  await say([], 'here: found []; allowed: a mapping with the key prior');
});

test.run();
