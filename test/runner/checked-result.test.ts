import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CellResult } from '../../src/contracts/cell.ts';
import { checkedCells } from '../../src/runner/checked-cells.ts';
import { checkedResult } from '../../src/runner/checked-result.ts';
import { decodeStoredCell, encodeStoredCell } from '../../src/runner/stored-cell.ts';

const test = suite('what an experiment returns');

const row = {
  experiment: 'mine',
  method: 'a',
  factors: { snr: 20, region: 'liver' },
  parameter: 'D',
  metric: 'bias',
  value: 1,
  ciLow: NaN,
  ciHigh: Infinity,
  unit: '',
  n: 3,
};
const picture = {
  experiment: 'mine',
  method: '',
  factors: {},
  quantity: 'D',
  width: 2,
  height: 1,
  pixel: [1, 1],
  values: new Float32Array(2),
};

/** Whether a result that passes comes back from the store. */
function comesBack({ rows, notes = [], facts = {}, pictures = [] }: CellResult): boolean {
  const stored = pictures.map(({ values, ...rest }) => ({ ...rest, file: `${values.length}.f32` }));
  const writer = { machine: 'a', versions: {}, store: 'b' };
  const cell = { id: 'a', task: 'b', rows, notes, facts, files: [], pictures: stored, seconds: 1, writer };
  try {
    decodeStoredCell(encodeStoredCell(cell, {}));
    return true;
  } catch {
    return false;
  }
}

function refused(returned: unknown): string {
  try {
    checkedResult(returned);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test('a result that can be stored and read again passes', () => {
  const whole = {
    rows: [row, { ...row, value: NaN, factors: {} }],
    files: new Map([['a.npy', Buffer.from('a')]]),
    pictures: [picture],
    publishes: new Map([['maps/a.npy', 'a.npy']]),
    notes: ['a'],
    facts: { seed: 1, backend: 'cpu' },
  };
  for (const result of [{ rows: [] }, { rows: [row] }, whole]) {
    assert.is(refused(result), '');
    assert.ok(comesBack(result as unknown as CellResult));
  }
});

test('what is no result says what was returned', () => {
  const allowed = 'allowed: { rows }, with a list of rows';
  assert.is(refused(undefined), `run returned undefined; ${allowed}`);
  assert.is(refused(3), `run returned the number 3; ${allowed}`);
  assert.is(refused([row]), `run returned a list of 1; ${allowed}`);
  assert.is(refused({}), 'rows of what run returned is missing; allowed: a list');
  assert.is(refused({ rows: [3] }), 'row 0 that run returned is the number 3; allowed: an object');
  assert.match(
    refused({ rows: [], files: { a: 1 } }),
    /^files of what run returned is an object with a; allowed: a Map/,
  );
  assert.match(
    refused({ rows: [], notes: 'a' }),
    /^notes .* is the text "a"; allowed: a list of texts, or absent$/,
  );
  assert.match(
    refused({ rows: [], facts: { a: NaN } }),
    /^facts\.a .* is the number NaN; allowed: a text or a finite/,
  );
  assert.match(
    refused({ rows: [], pictures: [{ ...picture, values: [1, 2] }] }),
    /^values of picture 0 is a list of 2; /,
  );
});

test('every wrong member of a row is refused by its name, and is one that could not be read again', () => {
  const texts = ['experiment', 'method', 'parameter', 'metric', 'unit'];
  const numbers = ['value', 'ciLow', 'ciHigh', 'n'];
  const wrongs = [
    ...texts.flatMap((member) => [3, undefined, null].map((value) => [member, value] as const)),
    ...numbers.flatMap((member) => ['3', undefined, null, [1]].map((value) => [member, value] as const)),
    ...[3, undefined, null, { snr: null }, { snr: [20] }].map((value) => ['factors', value] as const),
    ['n', NaN] as const,
  ];
  for (const [member, value] of wrongs) {
    const rows = [row, { ...row, [member]: value }];
    assert.match(
      refused({ rows }),
      new RegExp(`^${member}(\\.snr)? of row 1( \\(bias\\))? is .*; allowed: `),
    );
    assert.not.ok(comesBack({ rows }), `${member}: ${JSON.stringify(value)}`);
  }
  assert.is(
    refused({ rows: [{ ...row, unit: undefined }] }),
    'unit of row 0 (bias) is missing; allowed: a text',
  );
  assert.is(
    refused({ rows: [{ ...row, factors: { snr: null } }] }),
    'factors.snr of row 0 (bias) is null; allowed: a text or a number',
  );
});

test('a plan is a list of cells', () => {
  const cell = { id: 'a', task: { module: 'file:///a.ts', name: 'b' }, input: 1, needs: {} };
  assert.equal(checkedCells([cell, { ...cell, id: 'b', threads: 2, timing: true, places: {} }]).length, 2);
  const says = (returned: unknown, message: string) => {
    let said = '';
    try {
      checkedCells(returned);
    } catch (error) {
      said = (error as Error).message;
    }
    assert.ok(said.includes(message), `expected ${message} in: ${said}`);
  };
  says(5, 'plan returned the number 5; allowed: a list of cells');
  says(undefined, 'plan returned undefined; allowed: a list of cells');
  says([cell, 3], 'cell 1 that plan returned is the number 3; allowed: { id, task, input, needs }');
  says([{ ...cell, id: 3 }], 'cell 0 that plan returned has the number 3 as its id; allowed: a text');
  says(
    [{ ...cell, task: () => 1 }],
    'cell 0 (a) that plan returned has a function as its task; allowed: { module, name }',
  );
  says(
    [{ ...cell, needs: undefined }],
    'has undefined as its needs; allowed: an object of names to ids of cells',
  );
  says([{ ...cell, needs: { a: 3 } }], 'has an object with a as its needs');
  says([{ ...cell, threads: 0 }], 'has the number 0 as its threads');
  says([{ ...cell, timing: 1 }], 'has the number 1 as its timing');
  says(
    [{ ...cell, thread: 2 }],
    'has the unknown key thread; allowed: id, task, input, places, needs, threads, timing; did you mean threads?',
  );
});

test.run();
