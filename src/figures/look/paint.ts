import type { Picture } from '../../contracts/picture.ts';
import { BLUE_TO_RED, colorAt, REGION_COLORS, rgb, VIRIDIS, type Rgb } from './palette.ts';
import { encodePng, pngAddress } from './png.ts';

/** Pictures are enlarged to about so many pixels, so that no viewer blurs one voxel into the next. */
const ENOUGH = 384;
/** Long rows of slices are shown large: so many pixels across. */
const ENOUGH_ACROSS = 1000;

/** What is painted of a picture. */
type Pixels = Pick<Picture, 'width' | 'height' | 'values'>;

/** How much of the regions' colours there is over the image. */
const COVER = 0.6;

/** A map in colours from `bottom` to `top`, transparent where there is nothing. */
export const paintMap = (picture: Pixels, top: number, bottom = 0): string =>
  paint(picture, (i) =>
    Number.isNaN(picture.values[i]) ? null : colorAt(VIRIDIS, (picture.values[i] - bottom) / (top - bottom)),
  );

/** A map of codes in their colours, transparent where a code has none. */
export const paintCodes = (picture: Pixels, colors: ReadonlyMap<number, string>): string =>
  paint(picture, (i) => {
    const color = colors.get(picture.values[i]);
    return color === undefined ? null : rgb(color);
  });

/** A map in blue from -`top`, white at 0, to red at `top`; transparent where there is nothing. */
export const paintSigned = (picture: Pixels, top: number): string =>
  paint(picture, (i) =>
    Number.isNaN(picture.values[i]) ? null : colorAt(BLUE_TO_RED, (picture.values[i] / top + 1) / 2),
  );

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

/** The address of a PNG; null is transparent. Every pixel becomes a square. */
function paint({ width, height }: Pixels, colorOf: (pixel: number) => Rgb | null): string {
  const enough = width > 2 * height ? ENOUGH_ACROSS / width : ENOUGH / Math.max(width, height);
  const times = Math.max(1, Math.round(enough));
  const [wide, high] = [width * times, height * times];
  const rgba = new Uint8Array(4 * wide * high);
  for (let y = 0; y < height; y++) {
    const line = 4 * wide * times * y;
    for (let x = 0; x < width; x++) {
      const color = colorOf(y * width + x);
      if (!color) continue;
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
