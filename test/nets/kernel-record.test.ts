import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LAYER_FIELDS, PLAN_FIELDS } from '../../src/nets/fused/record-fields.ts';

const { recordFields } = (await import(new URL('../../scripts/kernel-record.mjs', import.meta.url).href)) as {
  recordFields: (plan: string) => string;
};

const test = suite('record of the network kernel');

const source = (file: string) => readFileSync(new URL(`../../src/nets/${file}`, import.meta.url), 'utf8');
const plan = source('assembly/plan.ts');

test('lists the fields of the classes in the kernel, up to date', () => {
  assert.is(source('fused/record-fields.ts'), recordFields(plan));
});

test('misses no field: every one of them is declared on a line that was read', () => {
  const declared = [...plan.matchAll(/^ {2}\w+: [\w<>]+;/gm)].length;
  assert.is(Object.keys(LAYER_FIELDS).length + Object.keys(PLAN_FIELDS).length, declared);
});

test('follows a field that moves', () => {
  const moved = plan.replace('  inputs: i32;\n  outputs: i32;\n', '  outputs: i32;\n  inputs: i32;\n');
  assert.match(recordFields(moved), /LAYER_FIELDS = \{\n {2}outputs: 'i32',\n {2}inputs: 'i32',/);
});

test.run();
