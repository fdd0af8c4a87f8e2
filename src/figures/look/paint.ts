import type { Picture } from '../../contracts/picture.ts';
import { BLUE_TO_RED, colorSteps, REGION_COLORS, rgb, VIRIDIS, type Rgb } from './palette.ts';
import { encodeIndexedPng, encodePng, pngAddress } from './png.ts';

/** Pictures are enlarged to about so many pixels, so that no viewer blurs one voxel into the next. */
const ENOUGH = 384;
/** Long rows of slices are shown large: so many pixels across. */
const ENOUGH_ACROSS = 1000;

/** What is painted of a picture. */
type Pixels = Pick<Picture, 'width' | 'height' | 'values'>;
type Size = Pick<Picture, 'width' | 'height'>;

/** How much of the regions' colours there is over the image. */
const COVER = 0.6;

/** A map in colours from `bottom` to `top`, transparent where there is nothing. */
export const paintMap = (picture: Pixels, top: number, bottom = 0): string =>
  paintSteps(picture, VIRIDIS, (value) => (value - bottom) / (top - bottom));

/** A map of codes in their colours, transparent where a code has none. */
export function paintCodes({ values, ...size }: Pixels, colors: ReadonlyMap<number, string>): string {
  const places = new Map([...colors.keys()].map((code, k) => [code, k + 1]));
  return paintIndexed(size, [...colors.values()].map(rgb), (i) => places.get(values[i]) ?? NOTHING);
}

/** A map in blue from -`top`, white at 0, to red at `top`; transparent where there is nothing. */
export const paintSigned = (picture: Pixels, top: number): string =>
  paintSteps(picture, BLUE_TO_RED, (value) => (value / top + 1) / 2);

/** @param place of a value along the colours, 0..1 */
function paintSteps(
  { values, ...size }: Pixels,
  along: readonly string[],
  place: (value: number) => number,
): string {
  const colors = colorSteps(along);
  const last = colors.length - 1;
  return paintIndexed(size, colors, (i) => {
    const t = place(values[i]);
    return Number.isNaN(t) ? NOTHING : 1 + Math.round(last * Math.min(1, Math.max(0, t)));
  });
}

/** An image in greys from 0 to `top`; regions, of the same size, over it in their colours. */
export const paintImage = (image: Pixels, top: number, regions?: Pixels): string =>
  paint(image, (i) => {
    const value = image.values[i];
    const grey = Math.round(255 * Math.min(1, Math.max(0, Number.isNaN(value) ? 0 : value / top)));
    const region = regions?.values[i] ?? NaN;
    if (Number.isNaN(region)) return [grey, grey, grey];
    const color = rgb(regionColor(region));
    return color.map((part) => Math.round(COVER * part + (1 - COVER) * grey)) as unknown as Rgb;
  });

/** Below 0: black, for background in place of a region. */
export const regionColor = (index: number): string =>
  index < 0 ? '#000000' : REGION_COLORS[index % REGION_COLORS.length];

/** How many times a picture is enlarged: every pixel becomes a square. */
function enlargement({ width, height }: Size): number {
  const enough = width > 2 * height ? ENOUGH_ACROSS / width : ENOUGH / Math.max(width, height);
  return Math.max(1, Math.round(enough));
}

/** The index of transparency. */
const NOTHING = 0;

/** The address of a PNG of few colours. @param indexOf the place of a pixel's colour, from 1 on; 0 is transparent */
function paintIndexed(size: Size, colors: readonly Rgb[], indexOf: (pixel: number) => number): string {
  const { width, height } = size;
  const times = enlargement(size);
  const [wide, high] = [width * times, height * times];
  const indices = new Uint8Array(wide * high);
  for (let y = 0; y < height; y++) {
    const line = wide * times * y;
    for (let x = 0; x < width; x++) {
      const at = line + times * x;
      indices.fill(indexOf(y * width + x), at, at + times);
    }
    for (let copy = 1; copy < times; copy++) indices.copyWithin(line + wide * copy, line, line + wide);
  }
  const palette = [[0, 0, 0, 0] as const, ...colors.map(([r, g, b]) => [r, g, b, 255] as const)];
  return pngAddress(encodeIndexedPng(wide, high, indices, palette));
}

/** The address of a PNG of any colours. */
function paint(size: Size, colorOf: (pixel: number) => Rgb): string {
  const { width, height } = size;
  const times = enlargement(size);
  const [wide, high] = [width * times, height * times];
  const rgba = new Uint8Array(4 * wide * high);
  for (let y = 0; y < height; y++) {
    const line = 4 * wide * times * y;
    for (let x = 0; x < width; x++) {
      const color = colorOf(y * width + x);
      for (let at = line + 4 * times * x, end = at + 4 * times; at < end; at += 4) {
        rgba[at] = color[0];
        rgba[at + 1] = color[1];
        rgba[at + 2] = color[2];
        rgba[at + 3] = 255;
      }
    }
    for (let copy = 1; copy < times; copy++) {
      rgba.copyWithin(line + 4 * wide * copy, line, line + 4 * wide);
    }
  }
  return pngAddress(encodePng(wide, high, rgba));
}
