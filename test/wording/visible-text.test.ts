import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oneLine, printedText, visibleText } from '../../src/wording/visible-text.ts';

const test = suite('wording: visible text');

test('what steers a terminal becomes an escape', () => {
  for (const [text, shown] of [
    ['\u001b[2J', '\\x1b[2J'],
    ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
    ['\u009b31m', '\\x9b31m'],
    ['50 %\rdone', '50 %\\x0ddone'],
    ['a\bb', 'a\\x08b'],
    ['abc\u202egnp.exe', 'abc\\u202egnp.exe'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['a\u2028b', 'a\\u2028b'],
    ['\u007f\u0000', '\\x7f\\x00'],
    ['half \ud83d', 'half \\ud83d'],
  ]) {
    assert.is(visibleText(text), shown);
  }
});

test('other text stays as it is, in every script', () => {
  for (const text of ['10⁻³ mm²/s', 'a\tb\nc', 'Größe', '信号', 'شدت', '👩‍🔬', '"\\x1b"']) {
    assert.is(visibleText(text), text);
  }
});

test('one line: line breaks and the white space around them are a space', () => {
  assert.is(oneLine('  a \r\n  b\n\n\tc\td\n'), '  a b c d');
  assert.is(
    oneLine('forged\nGREEN: none of 2 gated values got worse'),
    'forged GREEN: none of 2 gated values got worse',
  );
});

test('of what a program prints, colours and titles are left out, and the rest of a broken sequence is escaped', () => {
  assert.is(printedText('\u001b[1;31mError\u001b[0m: no'), 'Error: no');
  assert.is(
    printedText('\u001b]0;a title\u0007x\u001b]8;;http://a.b\u001b\\link\u001b]8;;\u001b\\'),
    'xlink',
  );
  assert.is(printedText('\u009b2Jx\u009dtitle\u009cy'), 'xy');
  assert.is(printedText('\u001b(Bx\u001b7y\u001bM'), 'xy');
  assert.is(printedText('\u001b\u001b[0m[31m'), '\\x1b[31m');
  assert.is(printedText('\u001b]never ended'), '\\x1b]never ended');
  assert.is(printedText('cut \u001b[3'), 'cut \\x1b[3');
});

/** Text of pieces that make control sequences when they meet. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '\u001b',
          '[',
          ']',
          '0;',
          '\u0007',
          '\u009b',
          '\u009c',
          '\u0090',
          '\\',
          '31m',
          '2J',
          '\r',
          '\n',
          '\u202e',
        ],
      ),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((pieces) => pieces.join(''));

test('whatever the text, nothing is left that a terminal would act on, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const clean of [visibleText, oneLine, printedText]) {
        const shown = clean(text);
        // oxlint-disable-next-line no-control-regex
        assert.not.match(shown, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        assert.is(stripVTControlCharacters(shown), shown);
        assert.is(clean(shown), shown);
      }
      assert.not.match(oneLine(text), /[\n\t]/);
    }),
    { numRuns: 2000 },
  );
});

test.run();
