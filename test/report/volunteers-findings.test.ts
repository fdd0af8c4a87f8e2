import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { allFindings } from '../../src/report/all-findings.ts';
import type { Finding } from '../../src/report/finding.ts';
import readersAgree from '../../src/report/findings/readers-agree.ts';
import smallVariation from '../../src/report/findings/small-variation.ts';
import subjectsVary from '../../src/report/findings/subjects-vary.ts';
import { volunteersRows } from '../tables/volunteers-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('findings of volunteers');

function runOf(rows: readonly Row[]): StoredRun {
  const { manifest } = phantomRun();
  const fitters = ['dnn', 'ls', 'map'].map((name) => ({ name, use: name, settings: {} }));
  return {
    rows,
    notes: [],
    manifest: { ...manifest, experiment: 'volunteers', config: { seed: 1, fitters } },
  };
}
const run = runOf(volunteersRows());
const real = runOf(
  run.rows.filter(({ method: fitter, metric }) => fitter !== 'truth' && !/truth/.test(metric)),
);

test('says per fitter where agreement is inside the range of the abstract, and that these readers are not real', () => {
  const { reported, found } = readersAgree.find(run);
  assert.match(reported, 'ICC of 50–97 %');
  const everywhere =
    '90–98 %, inside that range for D at 1.5 T, f at 1.5 T and Dp at 1.5 T; above that range for D at 3 T, f at 3 T and Dp at 3 T.';
  assert.is(found[0], `dnn: ${everywhere}`);
  assert.equal(
    found.slice(0, 3).map((text) => text.split(':')[0]),
    ['dnn', 'ls', 'map'],
  );
  assert.match(found.at(-1)!, /these people and readers are virtual/);
  assert.not.match(readersAgree.find(real).found.join(), /virtual/);
});

test('says where the network’s variation is lower than that of least squares, and what the true one is', () => {
  const { found } = subjectsVary.find(run);
  assert.match(found[0], 'dnn: 1.29 %, below that range for every parameter and field.');
  assert.ok(found.includes('The CV of dnn is lower than that of ls for every parameter and field.'));
  assert.match(found.at(-1)!, 'Their true CV is 12.9 %');
  const higher = run.rows.map((row) =>
    row.method === 'dnn' && row.metric === 'cv_percent' && row.parameter === 'f'
      ? { ...row, value: 99 }
      : row,
  );
  assert.ok(
    subjectsVary
      .find(runOf(higher))
      .found.includes(
        'The CV of dnn is lower than that of ls for D at both fields and Dp at both fields; it is not for f at both fields.',
      ),
  );
});

test('exposes a fitter whose small variation is shrinkage, and no other', () => {
  const { found } = smallVariation.find(run);
  assert.is(found.length, 6);
  assert.ok(found.every((text) => text.includes('dnn')));
  assert.is(
    found[0],
    'D at 1.5 T: dnn has a CV of 1.3 % where the true CV is 13 %; its estimates have a slope of 0.10 on the truth and a correlation of 0.80 with it.',
  );
  const good = runOf(run.rows.filter(({ method }) => method !== 'dnn'));
  assert.equal(smallVariation.find(good).found, [
    'Every fitter recovers at least half of the differences between people (slope 0.5 or more).',
  ]);
  assert.equal(smallVariation.find(real).found, []);
});

test('volunteers are not reproduced by a phantom alone, and are where the run has both', async () => {
  const not = 'Not reproduced: the volunteers’ images were never published.';
  const otherwise = async (each: StoredRun) => (await allFindings(each)).map((finding) => finding.otherwise);
  assert.ok((await otherwise(phantomRun())).includes(not));
  assert.not.ok((await otherwise(run)).includes(not));
  const phantom = phantomRun();
  const { seed, fitters, ...own } = phantom.manifest.config as {
    readonly [key: string]: Json;
    readonly fitters: readonly { readonly name: string }[];
  };
  const names = fitters.map(({ name }) => name);
  const paper = {
    seed,
    fitters: fitters as unknown as Json,
    phantom: { ...own, fitters: names },
    volunteers: { fitters: ['dnn', 'ls', 'map'] },
  };
  const both: StoredRun = {
    ...phantom,
    rows: [...phantom.rows, ...run.rows],
    manifest: { ...phantom.manifest, experiment: 'paper', config: paper },
  };
  assert.not.ok((await otherwise(both)).includes(not));
  const asText = ({ reported, source, found, otherwise }: Finding) =>
    JSON.stringify({ reported, source, found, otherwise });
  const found = (await allFindings(both)).map(asText);
  for (const finding of [
    ...(await allFindings(phantom)).slice(0, -1),
    readersAgree.find(run),
    subjectsVary.find(run),
    smallVariation.find(run),
  ]) {
    assert.ok(found.includes(asText(finding)), finding.reported);
  }
});

test('no sentence ever shows NaN or infinity', async () => {
  const broken = run.rows.map((row, i) =>
    i % 3 === 0 ? { ...row, value: i % 2 === 0 ? NaN : 0, ciLow: NaN } : row,
  );
  assert.not.match(JSON.stringify(await allFindings(runOf(broken))), /NaN|Infinity|undefined|∞/);
});

test.run();
