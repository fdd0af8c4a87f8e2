import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { studyNotes } from '../../src/config/study-notes.ts';

const test = suite('study notes');

const tissue = (D: [number, number], Dp: [number, number]) => ({
  data: { tissue: { D: { uniform: D }, Dp: { uniform: Dp }, f: { uniform: [0.1, 0.3] } } },
});

test('unlikely tissue is noted with the place in the config', () => {
  assert.equal(studyNotes(tissue([0.0008, 0.0016], [0.02, 0.08])), []);
  assert.equal(studyNotes(tissue([0.002, 0.004], [0.0005, 0.0015])), [
    'data.tissue: D is above Dp everywhere (0.002 > 0.0015 mm²/s): are they swapped?',
  ]);
  assert.match(
    studyNotes(tissue([8e-7, 1.6e-6], [0.02, 0.08])).join(),
    'data.tissue: D goes up to 0.0000016 mm²/s, less',
  );
  assert.match(
    studyNotes(tissue([0.0008, 0.0016], [10, 18])).join(),
    'data.tissue: Dp goes up to 18 mm²/s, more',
  );
});

test('unlikely b-values are noted wherever they are', () => {
  assert.match(
    studyNotes({ protocol: { bValues: [0, 100, 8000] } }).join(),
    'protocol.bValues: the largest b-value is 8000',
  );
  assert.match(
    studyNotes({ protocols: [{ bValues: [0, 5, 80] }] }).join(),
    'protocols[0].bValues: the largest b-value is 80',
  );
});

test.run();
