import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import type { Table } from '../../src/contracts/table.ts';
import { loadTable, tableNames } from '../../src/plugins/discover.ts';
import { renderPage } from '../../src/report/page/page.ts';
import { tableParts } from '../../src/report/page/table-section.ts';
import { whatRan } from '../../src/report/page/what-ran.ts';
import type { BuiltTable } from '../../src/report/write-tables.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { volunteersRows } from '../tables/volunteers-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('page of the report');
const run = phantomRun();
type Mapping = { readonly [key: string]: Json };
const config = run.manifest.config as Mapping;

/** The page of a run with the tables of the program, and no figures. */
async function page(of: StoredRun): Promise<string> {
  const tables: BuiltTable[] = [];
  for (const name of tableNames()) {
    const { value: table } = await loadTable(name);
    const content = table.build(of.rows, of.manifest);
    if (content) tables.push({ name, table, content });
  }
  return renderPage({ run: of, tables, figures: [] });
}

const withConfig = (changes: Mapping, of: StoredRun = run): StoredRun => ({
  ...of,
  manifest: { ...of.manifest, config: { ...(of.manifest.config as Mapping), ...changes } },
});

test('opens with the question, its answer and the method, then what was run', async () => {
  const about = [{ name: 'phantom', label: 'Phantom', question: 'How far?', method: 'By simulation.' }];
  const html = await page({ ...run, manifest: { ...run.manifest, about } });
  const places = [
    '<h1>The phantom study of Barbieri 2020</h1>',
    '<p class="question">How far?</p>',
    '<p class="answer">dnn has the lowest error of the 5 fitters in all 30 combinations of parameter and SNR.</p>',
    '<p class="method">By simulation.</p>',
    '<h2>What was run</h2>',
    '<h2>Phantom</h2>',
    '<h3>RMSE by SNR and fitter</h3>',
    '<h3>Compared with the study</h3>',
    '<h2>Environment</h2>',
    '<h2>Files</h2>',
  ].map((text) => html.indexOf(text));
  assert.ok(places.every((place) => place > 0));
  assert.equal(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('one fitter alone is measured against the limit', async () => {
  const answer = async (fitters: readonly string[]) =>
    /<p class="answer">(.*?)<\/p>/.exec(await page(phantomRun(fitters)))![1];
  assert.match(
    await answer(['ls', 'mmse']),
    /^At SNR 20 the RMSE of ls is 2.0 times the lowest error possible \(mmse\) in D, 2.8 times in f and 12 times in Dp\.$/,
  );
  // The made-up bound is 1.5 times the floor.
  assert.match(
    await answer(['ls']),
    /is 1.4 times the Cramér-Rao bound in D, 1.9 times in f and 7.7 times in Dp\.$/,
  );
});

test('lists b-values, tissue, voxels, SNRs, training and fitters', () => {
  assert.equal(whatRan({ ...run.manifest, fitterLabels: { ls: 'Least squares' } }), [
    ['b-values', '0, 10, 20, 60, 150, 300, 500, 1000 s/mm² (barbieri-2020)'],
    [
      'Tissue',
      'D uniform from 0.5 to 2 × 10⁻³ mm²/s; f uniform from 0.1 to 0.4; Dp uniform from 10 to 100 × 10⁻³ mm²/s',
    ],
    ['Test voxels', '10,000 at each SNR'],
    ['SNR', '100, 50, 33.3, 25, 20, 16.7, 14.3, 12.5, 11.1, 10 (S0 1500)'],
    ['Training voxels', '100,000; noise sigma uniform from 0 to 165'],
    ['Fitters', 'ls (Least squares); ls-global; segmented; map; dnn; mmse'],
  ]);
  const other = {
    protocols: [
      { protocol: { name: 'a', bValues: [0, 0, 50] } },
      { protocol: { name: 'b', bValues: [0, 800] } },
    ],
    data: { tissues: [{ name: 'liver' }, { D: 0.001 }] },
    fitters: [1, 2, 3].map((number) => ({
      name: `dnn ${number}`,
      use: 'dnn',
      repeat: { of: 'dnn', number },
    })),
  };
  assert.equal(whatRan({ config: other as unknown as Json }), [
    ['b-values of a', '0 (2 times), 50 s/mm²'],
    ['b-values of b', '0, 800 s/mm²'],
    ['Tissue', '2 tissues in turn: liver, 2'],
    ['Fitters', 'dnn (3 trainings)'],
  ]);
  const range = {
    data: { voxels: 2000, S0: 1500, noise: [{ sigma: { uniform: [0, 165] } }] },
  };
  assert.equal(whatRan({ config: range }), [
    ['Test voxels', '2,000'],
    ['Sigma', 'of each voxel, uniform from 0 to 165 (S0 1500)'],
  ]);
  const images = {
    data: {
      virtual: {
        ...{ training: 60, validation: 6, test: 12, other: 10 },
        image: { size: 64, pixel: 3, slices: 8 },
        noise: { perfusion: 11 },
      },
    },
    inputAmongSix: false,
    seeds: 2,
    training: { target: 'six', epochs: 30 },
    models: [{ name: 'unet' }],
  };
  assert.equal(whatRan({ config: images }), [
    ['Subjects', '60 for training, 6 for validation, 12 for testing and 10 of another head, virtual'],
    ['Images', '8 slices of 64 × 64 pixels of 3 mm'],
    ['Noise of one repetition', '11 ml/100 g/min; it is not among the six'],
    ['Networks', 'unet'],
    ['Trainings', '2 of each, 30 epochs, on the mean of six repetitions'],
  ]);
  assert.equal(whatRan({ config: { data: 'mine', protocol: null, fitters: 3, runs: 'many' } }), []);
});

test('the comparison is split in three, and stands only where the study’s config ran', async () => {
  const html = await page(run);
  const headings = [...html.matchAll(/<h4>(.*?)<\/h4>/g)].map(([, title]) => title);
  assert.equal(headings, [
    'What the paper reports',
    'What the study’s published code gives',
    'What our own reference gives',
  ]);
  const part = (title: string) => html.slice(html.indexOf(`<h4>${title}`)).split('</table>')[0];
  assert.match(part(headings[0]), 'On simulated data the network has the lowest error');
  assert.not.match(part(headings[0]), 'curve_fit');
  assert.match(part(headings[1]), 'curve_fit');
  assert.match(part(headings[2]), 'Bayes floor');

  const data = config.data as Mapping;
  const tissue = { ...(data.tissue as Mapping), D: { uniform: [0.0005, 0.003] } };
  for (const elsewhere of [
    withConfig({ data: { ...data, tissue } }),
    withConfig({ data: { ...data, tissues: [{ D: 0.001, f: 0.1, Dp: 0.01 }] } }),
    withConfig({ protocol: { name: 'mine', bValues: [0, 50, 400, 800] } }),
  ]) {
    const own = await page(elsewhere);
    assert.not.match(own, 'Compared with the study');
    assert.not.match(own, 'Barbieri et al');
    assert.not.match(own, 'id="table-paper-and-this-run"');
    // What needs no paper stays.
    assert.match(own, '<h3>In words</h3>');
    assert.match(own, /dnn lies 5 to 49\s% above mmse in Dp\./);
  }
});

test('the paper’s claim about three methods is only held against these three with the study’s settings', async () => {
  const fitters = (config.fitters as readonly Mapping[]).map((entry) =>
    entry.use === 'dnn' ? { ...entry, settings: { ...(entry.settings as Mapping), depth: 9 } } : entry,
  );
  const html = await page(withConfig({ fitters: fitters }));
  assert.match(html, 'This run does not have all of ls, map and dnn with the study’s settings.');
});

test('a chapter for each experiment, with its own question, tables and comparison', async () => {
  const about = ['phantom', 'depth', 'volunteers'].map((name) => ({
    name,
    label: `About ${name}`,
    question: `Why ${name}?`,
  }));
  const whole: StoredRun = {
    ...run,
    rows: [
      ...phantomRows(),
      ...repeatedRows().filter(({ experiment }) => experiment === 'depth'),
      ...volunteersRows(),
    ],
    manifest: {
      ...run.manifest,
      experiment: 'paper',
      about,
      config: {
        experiment: 'paper',
        fitters: config.fitters,
        protocol: config.protocol,
        phantom: { data: config.data },
        depth: { data: config.data },
        volunteers: { data: { virtual: { organs: { name: 'abdomen' } } } },
      },
    },
  };
  const html = await page(whole);
  const chapters = html.split('<section class="chapter"').slice(1);
  assert.equal(
    chapters.map((text) => /<h2>(.*?)<\/h2>/.exec(text)![1]),
    ['About phantom', 'About depth', 'About volunteers'],
  );
  const [phantom, depth, volunteers] = chapters;
  assert.match(phantom, 'id="table-rmse"');
  assert.match(phantom, '<h3>Compared with the study</h3>');
  assert.match(depth, 'id="table-depth"');
  assert.match(depth, '<p class="question">Why depth?</p><p class="answer">dnn: more than 3 hidden layers');
  assert.match(volunteers, 'id="table-reader-agreement"');
  assert.match(volunteers, 'id="table-volunteers-and-paper"');
  for (const [own, others] of [
    ['table-rmse', [depth, volunteers]],
    ['table-depth', [phantom, volunteers]],
    ['table-shrinkage', [phantom, depth]],
  ] as const) {
    for (const other of others) assert.not.match(other, `id="${own}"`);
  }
  // The head of the page has an answer for each, and the contents a link.
  const head = html.slice(html.indexOf('<header>'), html.indexOf('</header>'));
  for (const { name, label } of about) {
    assert.match(head, `<a href="#experiment-${name}">${label}</a>`);
    assert.match(html.slice(html.indexOf('<nav'), html.indexOf('</nav>')), `href="#experiment-${name}"`);
  }
});

test('headings descend one level at a time, ids are unique and every link of the contents leads somewhere', async () => {
  const html = await page({ ...run, rows: [...run.rows, ...volunteersRows()] });
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  assert.is(levels[0], 1);
  levels.slice(1).forEach((level, i) => assert.ok(level > 1 && level <= levels[i] + 1));
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.is(new Set(ids).size, ids.length);
  const nav = html.slice(html.indexOf('<nav'), html.indexOf('</nav>'));
  const links = [...nav.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(links.length > 5);
  for (const id of links) assert.ok(ids.includes(id), id);
});

test('notes on the input and what was left out stand before the results', async () => {
  const remarks = {
    notes: ['data.tissue: D up to 2 is far above what tissue has'],
    leftOut: ['2 of 4 sessions left out: sub-01/ses-3T: no bval <file>'],
  };
  const notes = [{ cell: 'fit ls snr=20', notes: ['12 voxels at a bound'] }, ...run.notes];
  const html = await page({ ...run, notes, manifest: { ...run.manifest, remarks } });
  const section = html.slice(html.indexOf('id="remarks"'), html.indexOf('id="ran"'));
  assert.match(section, '2 of 4 sessions left out: sub-01/ses-3T: no bval &lt;file&gt;');
  assert.match(section, 'D up to 2 is far above');
  assert.match(section, '1 note on fits and on reading data: 12 voxels at a bound');
  assert.not.match(await page(run), 'id="remarks"');
});

const table: Table = { title: 'Mine', caption: 'c', build: () => null };
const built = (lines: number, parameters = ['D', 'f']): BuiltTable => ({
  name: 'mine',
  table,
  content: {
    columns: [
      { name: 'parameter', label: 'Parameter' },
      { name: 'value', label: 'Value' },
    ],
    lines: Array.from({ length: lines }, (_, i) => ({ values: [parameters[i % parameters.length], i] })),
  },
});

test('long tables are folded and divided by parameter, short ones are neither', () => {
  const short = tableParts(built(4), false);
  assert.match(short, '<details class="table" id="table-mine" open>');
  assert.is(short.match(/<table/g)!.length, 1);
  const long = tableParts(built(40), false);
  assert.match(long, '<details class="table" id="table-mine"><summary>Table: Mine');
  assert.equal(
    [...long.matchAll(/<caption>(.*?)<\/caption>/g)].map(([, text]) => text),
    ['D', 'f'],
  );
  assert.not.match(long, '<button type="button">Parameter');
  assert.match(tableParts(built(20), true), '<div class="table"');
  assert.match(tableParts(built(100), false), 'table unprinted');
});

test('of more than 500 lines or 40 columns the first are shown, with a link to the file that has all', () => {
  const whole = tableParts(built(500), false);
  assert.is(whole.match(/<tr>/g)!.length, 500 + 2);
  assert.not.match(whole, 'Shown are');
  const long = tableParts(built(501), false);
  assert.is(long.match(/<tr>/g)!.length, 2 * 50 + 2);
  assert.match(
    long,
    'Shown are the first 100 of 501 lines; all are in <a href="tables/mine.csv">tables/mine.csv</a>.',
  );
  const columns = Array.from({ length: 41 }, (_, i) => ({ name: `c${i}`, label: `C${i}` }));
  const wide = { name: 'mine', table, content: { columns, lines: [{ values: columns.map((_, i) => i) }] } };
  assert.match(tableParts(wide, false), 'Shown are the first 40 of 41 columns');
  assert.not.match(tableParts(wide, false), 'C40');
});

test('negative intervals are written with “to”', () => {
  const columns = [{ name: 'difference', label: 'Difference' }];
  const parts = (low: number, high: number) =>
    tableParts(
      {
        name: 'mine',
        table,
        content: { columns, lines: [{ values: [{ value: (low + high) / 2, low, high }] }] },
      },
      false,
    );
  assert.match(parts(-8.5, -5.1), '−8.50 to −5.10');
  assert.match(parts(-1, 2), '−1.00 to 2.00');
  assert.match(parts(1, 2), '1.00–2.00');
});

test.run();
