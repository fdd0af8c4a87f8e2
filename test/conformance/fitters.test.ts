import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fitterNames, loadFitter } from '../../src/plugins/discover.ts';
import { conformance } from './suite.ts';

const fitters = await Promise.all(fitterNames().map((name) => loadFitter(name)));
for (const { name, value } of fitters) conformance(value, name);

const test = suite('conformance of all fitters');

test('has fitters to hold to their contract, each with a label of its own', () => {
  const labels = fitters.map(({ value }) => value.label);
  assert.ok(labels.length > 0);
  assert.is(new Set(labels).size, labels.length, labels.join(', '));
});

test.run();
