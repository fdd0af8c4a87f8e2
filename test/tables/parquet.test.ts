import { parquetReadObjects } from 'hyparquet';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toParquet } from '../../src/tables/writing/parquet.ts';

const test = suite('parquet');

test('another reader finds the columns of the CSV: numbers, texts and nulls', async () => {
  const content = {
    columns: [
      { name: 'method', label: '' },
      { name: 'snr', label: '' },
      { name: 'value', label: '' },
    ],
    lines: [
      { values: ['ls', 20, { value: 0.1, low: 0.05, high: 0.2 }] },
      { values: [{ raw: 'map', shown: 'MAP' }, NaN, null] },
    ],
  };
  const bytes = toParquet(content);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  assert.equal(await parquetReadObjects({ file }), [
    { method: 'ls', snr: 20, value: 0.1, value_ci_low: 0.05, value_ci_high: 0.2 },
    { method: 'map', snr: null, value: null, value_ci_low: null, value_ci_high: null },
  ]);
});

test.run();
