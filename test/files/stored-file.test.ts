import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { bytesOf, storedFloats, storedJson, StoredNumber } from '../../src/files/stored-file.ts';
import { decodeScans } from '../../experiments/denoise-ivim/scans.ts';
import { decodeCases, encodeCases } from '../../src/classified/packed-cases.ts';
import { decodeScores as decodeClassified } from '../../src/classified/scores.ts';
import { decodeErrors } from '../../src/reconstructed/scores.ts';
import { decodeHeads } from '../../src/reconstructed/packed-heads.ts';
import { decodeMeasures } from '../../src/repeated/measures.ts';
import { decodeDetections } from '../../src/segmented/detections.ts';
import { decodeAbdomens } from '../../src/segmented/packed-abdomens.ts';
import { decodeScores as decodeSegmented } from '../../src/segmented/scores.ts';
import { decodeBrains } from '../../src/synthesised/packed-brains.ts';
import { decodeScores as decodeSynthesised } from '../../src/synthesised/scores.ts';

const test = suite('files: what one cell leaves for another');

const file = storedJson('values.json', z.object({ values: z.array(StoredNumber) }));
const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    assert.is((error as Error).name, 'InputError', String(error));
    return (error as Error).message;
  }
  throw new Error('it was read');
};

test('numbers come back as they were, NaN as NaN', () => {
  const [name, content] = file.encode({ values: [1.5, NaN, -0.1] });
  assert.is(name, 'values.json');
  assert.equal(file.decode(content), { values: [1.5, NaN, -0.1] });
});

test('floats come back to the last bit from bytes that are not aligned', () => {
  const values = Float32Array.from([0.1, -3e38, NaN]);
  const moved = new Uint8Array(13);
  moved.set(bytesOf(values), 1);
  assert.equal([...storedFloats('values.f32', moved.subarray(1), 3)], [...values]);
});

test('another content is refused by its name and place', () => {
  const because = (content?: Uint8Array) => refusal(() => file.decode(content));
  assert.match(because(), /^values\.json of a stored result: not there; run the study again with --fresh$/);
  assert.match(because(bytes('{"values":')), /values\.json of a stored result: not JSON/);
  assert.match(because(bytes('{"values":[1,"2"]}')), /values\.json of a stored result: values\.1: /);
  assert.match(because(bytes('null')), /values\.json of a stored result: /);
  const floats = (content?: Uint8Array) => refusal(() => storedFloats('values.f32', content, 2));
  assert.match(floats(), /not there/);
  assert.match(floats(new Uint8Array(7)), /7 bytes where 8 are expected/);
});

test('cases come back, and volumes of another size are refused', () => {
  const cases = {
    subjects: ['a', 'b'],
    stages: [0, 3],
    modalities: ['T1w'] as const,
    shape: [1, 2, 2] as const,
    affine: [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => Number(row === column))),
    values: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]),
  };
  const files = encodeCases(cases);
  assert.equal(decodeCases(files), cases);
  files.set('cases.f32', new Uint8Array(28));
  assert.match(
    refusal(() => decodeCases(files)),
    /^cases\.f32 of a stored result: 28 bytes where 32/,
  );
});

const readers = [
  ...[decodeClassified, decodeSynthesised, decodeSegmented],
  ...[decodeErrors, decodeDetections, decodeMeasures],
];

test('every reader of another cell’s files refuses what is not theirs', () => {
  for (const text of [
    '{}',
    '[{}]',
    '[null]',
    '"text"',
    '[[1]]',
    '{"subjects":{"length":1e9}}',
    '7',
    'null',
  ]) {
    const files = new Map(
      ['cases.json', 'subjects.json', 'people.json', 'scans.json'].map((name) => [name, bytes(text)]),
    );
    for (const read of [decodeCases, decodeBrains, decodeHeads, decodeAbdomens, decodeScans])
      refusal(() => read(files));
    for (const read of readers) refusal(() => read(bytes(text)));
  }
});

test.run();
