import { inflateSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Picture } from '../../src/contracts/picture.ts';
import { quantileOf, roundUp, topOfMaps } from '../../src/figures/look/map-range.ts';
import { paintImage, paintMap, regionColor } from '../../src/figures/look/paint.ts';
import { BLUE_TO_RED, colorAt, colorSteps, rgb, VIRIDIS } from '../../src/figures/look/palette.ts';
import { encodePng } from '../../src/figures/look/png.ts';

const test = suite('images');

interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Colours line by line. */
  readonly rgba: Uint8Array;
}

/** Reads a PNG of 8-bit RGBA, or of a palette, whose lines have no filter or the filter Up, and refuses anything else. */
function decode(png: Uint8Array): Decoded {
  assert.equal([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const size = view.getUint32(at);
    const kind = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const content = png.subarray(at + 8, at + 8 + size);
    assert.is(view.getUint32(at + 8 + size), crc(png.subarray(at + 4, at + 8 + size)), `checksum of ${kind}`);
    chunks.set(kind, content);
    at += 12 + size;
  }
  const palette = chunks.get('PLTE');
  const names = palette ? ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'] : ['IHDR', 'IDAT', 'IEND'];
  assert.equal([...chunks.keys()], names);
  const header = chunks.get('IHDR')!;
  assert.equal([...header.subarray(8)], [8, palette ? 3 : 6, 0, 0, 0]);
  const size = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const lines = inflateSync(chunks.get('IDAT')!);
  const stride = (palette ? 1 : 4) * width;
  assert.is(lines.length, height * (stride + 1));
  const bytes = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    assert.ok(filter === 0 || filter === 2);
    for (let i = 0; i < stride; i++) {
      const above = filter === 2 && y > 0 ? bytes[(y - 1) * stride + i] : 0;
      bytes[y * stride + i] = lines[y * (stride + 1) + 1 + i] + above;
    }
  }
  if (!palette) return { width, height, rgba: bytes };
  const opacity = chunks.get('tRNS')!;
  const colours = Array.from(bytes, (index) => [
    ...palette.subarray(3 * index, 3 * index + 3),
    opacity[index] ?? 255,
  ]);
  return { width, height, rgba: Uint8Array.from(colours.flat()) };
}

/** CRC-32 bit by bit, as ISO 3309 defines it. */
function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

const ofAddress = (address: string): Decoded => {
  const start = 'data:image/png;base64,';
  assert.ok(address.startsWith(start));
  return decode(Buffer.from(address.slice(start.length), 'base64'));
};

const picture = (values: number[], width: number, more: Partial<Picture> = {}): Picture => ({
  experiment: 'volunteers',
  method: 'ls',
  factors: {},
  quantity: 'D',
  width,
  height: values.length / width,
  pixel: [1, 1],
  values: Float32Array.from(values),
  ...more,
});

/** The colour in the middle of a pixel of the picture. */
function at(image: Decoded, width: number, x: number, y: number): number[] {
  const times = image.width / width;
  const place = 4 * ((y * times + (times >> 1)) * image.width + x * times + (times >> 1));
  return [...image.rgba.subarray(place, place + 4)];
}

test('a PNG holds the very colours it was given', () => {
  const rgba = Uint8Array.from({ length: 4 * 5 * 7 }, (_, i) => (i * 97 + 13) % 256);
  const { width, height, rgba: read } = decode(encodePng(5, 7, rgba));
  assert.equal([width, height], [5, 7]);
  assert.equal(read, rgba);
});

test('the ends and places of the palette are its own colours, in between it is mixed', () => {
  assert.equal(colorAt(VIRIDIS, 0), [68, 1, 84]);
  assert.equal(colorAt(VIRIDIS, 1), [253, 231, 37]);
  assert.equal(colorAt(VIRIDIS, 4 / 9), rgb(VIRIDIS[4]));
  assert.equal(colorAt(['#000000', '#ff0000', '#ff00ff'], 0.75), [255, 0, 128]);
  assert.equal(colorAt(VIRIDIS, 7), colorAt(VIRIDIS, 1));
});

test('steps along the palette hold its own colours and the middle, and leave a place for transparency', () => {
  for (const colors of [VIRIDIS, BLUE_TO_RED]) {
    const steps = colorSteps(colors);
    assert.ok(steps.length > 200 && steps.length < 256);
    const found = new Set(steps.map(String));
    for (const color of colors) assert.ok(found.has(String(rgb(color))), color);
    assert.equal(steps[(steps.length - 1) / 2], colorAt(colors, 0.5));
  }
});

test('a map is enlarged without mixing voxels, and nothing is transparent', () => {
  const image = ofAddress(paintMap(picture([0, 1, NaN, 2, 0.5, 1], 3), 1));
  assert.equal([image.width, image.height], [384, 256]);
  assert.equal(at(image, 3, 0, 0), [...rgb(VIRIDIS[0]), 255]);
  assert.equal(at(image, 3, 1, 0), [...rgb(VIRIDIS[9]), 255]);
  assert.equal(at(image, 3, 2, 0), [0, 0, 0, 0]);
  assert.equal(at(image, 3, 0, 1), [...rgb(VIRIDIS[9]), 255], 'above the end of the scale');
  const colours = new Set<string>();
  for (let i = 0; i < image.rgba.length; i += 4) colours.add(image.rgba.subarray(i, i + 4).join());
  assert.is(colours.size, 4);
});

test('regions lie over a grey image', () => {
  const grey = picture([0, 50, 100, 200], 2, { quantity: 'b0' });
  const regions = picture([NaN, NaN, 0, 1], 2, { quantity: 'regions', legend: ['a', 'b'] });
  const image = ofAddress(paintImage(grey, 100, regions));
  assert.equal(at(image, 2, 0, 0), [0, 0, 0, 255]);
  assert.equal(at(image, 2, 1, 0), [128, 128, 128, 255]);
  const covered = rgb(regionColor(0)).map((part) => Math.round(0.6 * part + 0.4 * 255));
  assert.equal(at(image, 2, 0, 1), [...covered, 255]);
  assert.not.equal(regionColor(0), regionColor(1));
});

test('the end of a scale is round, and one noisy map does not decide it', () => {
  assert.is(roundUp(0.0021), 0.0025);
  assert.is(roundUp(0.4), 0.4);
  assert.is(roundUp(97), 100);
  assert.is(roundUp(0), 1);
  const calm = Float32Array.from({ length: 100 }, (_, i) => i / 100);
  const noisy = calm.map((value) => 1000 * value);
  assert.is(topOfMaps([calm, calm, noisy]), topOfMaps([calm]));
  assert.is(quantileOf(Float32Array.of(NaN, 0, -1, 3, 1, 2), 0.5), 2);
  assert.is(quantileOf(Float32Array.of(NaN, 0), 0.5), 0);
  assert.is(topOfMaps([]), 1);
});

test.run();
