import { inflateSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TopLevelSpec } from 'vega-lite';
import { namesAsText } from '../../src/report/names-as-text.ts';
import { rasterise, renderFigure } from '../../src/report/render-figure.ts';

const test = suite('rendering');

const labelled = (text: string): TopLevelSpec => ({
  data: { values: [{ text }] },
  width: 100,
  height: 40,
  mark: { type: 'text', fontSize: 20 },
  encoding: { text: { field: 'text', type: 'nominal' } },
});

/** Bytes of a PNG's pixels that are neither white nor transparent. */
function inked(png: Uint8Array): number {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const kind = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (kind === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = view.getUint32(16) * 4 + 1;
  // The first byte of a line says how it was filtered; all others are 0 where a pixel equals its neighbour.
  return raw.reduce((count, byte, i) => count + (i % stride > 0 && byte !== 0 && byte !== 255 ? 1 : 0), 0);
}

test('text reaches the PNG with the shipped font, units included', async () => {
  const [empty, digits, unit] = await Promise.all(
    ['', '888', '10⁻³ mm²/s'].map(async (text) => inked(await rasterise(await renderFigure(labelled(text))))),
  );
  assert.ok(digits > empty + 200, `${digits} against ${empty}`);
  assert.ok(unit > digits, `${unit} against ${digits}`);
});

test('the same specification gives the same bytes', async () => {
  const [a, b] = [await renderFigure(labelled('same')), await renderFigure(labelled('same'))];
  assert.is(a, b);
  assert.equal(await rasterise(a), await rasterise(b));
});

test('names that every object of JavaScript has are names of bars like others', async () => {
  for (const name of [
    'constructor',
    'toString',
    'hasOwnProperty',
    '__proto__',
    'if',
    "it's",
    'a"b',
    '=1+1',
  ]) {
    const bars: TopLevelSpec = {
      data: { values: ['other', name].map((who, i) => ({ who, height: i + 1 })) },
      mark: 'bar',
      encoding: {
        x: { field: 'who', type: 'nominal', sort: [name, 'other'] },
        y: { field: 'height', type: 'quantitative' },
        color: {
          field: 'who',
          type: 'nominal',
          scale: { domain: [name, 'other'], range: ['#010203', '#040506'] },
        },
      },
    };
    const svg = await renderFigure(namesAsText(bars));
    const places = ['#010203', '#040506'].map((color) =>
      Number(new RegExp(`d="M(\\d+)[^"]*"[^>]*fill="${color}"`).exec(svg)?.[1]),
    );
    assert.ok(
      places[0] < places[1],
      `${name}: drawn at ${places.join(' and ')}, in the order that was asked for`,
    );
  }
  const others = labelled('constructors');
  assert.is(namesAsText(others), others);
});

test('what Vega-Lite or Vega only warns of is an error here', async () => {
  const spec = {
    ...labelled('x'),
    encoding: { x: { field: 'absent', type: 'quantitative', scale: { type: 'log' } } },
  };
  let message = '';
  await renderFigure({ ...spec, mark: 'bar' } as TopLevelSpec).catch(
    (error: Error) => (message = error.message),
  );
  assert.ok(message.length > 10, message);
});

test.run();
