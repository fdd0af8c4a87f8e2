import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeText, isMissing } from '../../src/data/read-text.ts';
import { refused } from './refused.ts';

const test = suite('read-text');

const words = 'größe\tb0\n1\t2\n';

test('reads what Windows programs write', () => {
  const utf16 = Buffer.from(`\ufeff${words}`, 'utf16le');
  assert.is(decodeText(utf16, 'a.tsv'), words);
  assert.is(decodeText(Buffer.from(utf16).swap16(), 'a.tsv'), words);
  assert.is(decodeText(Buffer.from(`\ufeff${words}`), 'a.tsv'), words);
  // Latin-1 and Windows-1252 have the same letters, and no bytes that are UTF-8.
  assert.is(decodeText(Buffer.from(words, 'latin1'), 'a.tsv'), words);
  assert.is(decodeText(Buffer.from(words), 'a.tsv'), words);
});

test('says what is no text, or of another encoding', async () => {
  const wide = Buffer.alloc(12);
  wide.writeUInt32LE(0xfeff, 0);
  wide.write('b', 4);
  wide.write('0', 8);
  await refused(() => decodeText(wide, 'b.bval'), 'b.bval:1: is UTF-32; save it as UTF-8');
  await refused(() => decodeText(wide.swap32(), 'b.bval'), 'is UTF-32');
  await refused(
    () => decodeText(Buffer.from(words, 'utf16le'), 'b.bval'),
    'UTF-16 without a byte order mark',
  );
  await refused(
    () => decodeText(Buffer.from('0 10\n20 \0 30'), 'b.bval'),
    'b.bval:2: holds a NUL',
    'damaged',
  );
});

test('knows the missing values of BIDS, R, pandas and Excel', () => {
  const missing = [
    'n/a',
    'N/A',
    'NA',
    'NaN',
    '-nan',
    '<NA>',
    '#N/A',
    '#DIV/0!',
    '#VALUE!',
    'null',
    'None',
    '',
  ];
  for (const word of missing) assert.ok(isMissing(word), word);
  for (const word of ['0', '1e-3', 'nano', 'b', '#1', '<1']) assert.not.ok(isMissing(word), word);
});

test.run();
