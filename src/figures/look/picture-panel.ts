import type { Picture } from '../../contracts/picture.ts';
import { shorten } from './shorten.ts';

/** Width of a panel with a picture; its height follows from the slice. */
export const PANEL_WIDTH = 158;

/** Characters that the title of a small panel has room for. */
const TITLE = 16;

/** What a panel shows, part after part, in lines that do not reach into the panel beside it. */
export const titleLines = (name: string): string[] =>
  name.split(', ').flatMap((part) =>
    part.split(' ').reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      if (last === undefined || last.length + 1 + word.length > TITLE) return [...lines, word];
      return [...lines.slice(0, -1), `${last} ${word}`];
    }, []),
  );

/** A painted picture under its title, of one line or several. @param address of a PNG */
export function picturePanel(
  picture: Pick<Picture, 'width' | 'height' | 'pixel'>,
  address: string,
  title: string | string[],
  subtitle?: string,
) {
  const { width, height, pixel } = picture;
  return {
    title: {
      text: title,
      fontSize: 12,
      ...(subtitle === undefined ? {} : { subtitle, subtitleFontSize: 11 }),
    },
    width: PANEL_WIDTH,
    height: Math.round((PANEL_WIDTH * height * pixel[1]) / (width * pixel[0])),
    layer: [
      {
        data: { values: [{ address }] },
        mark: {
          type: 'image' as const,
          aspect: false,
          smooth: false,
          tooltip: false,
        },
        encoding: {
          url: { field: 'address', type: 'nominal' as const },
          x: { value: 0 },
          x2: { value: 'width' as const },
          y: { value: 0 },
          y2: { value: 'height' as const },
        },
      },
    ],
  };
}

/** Nothing to be seen, but for the key that Vega makes of its scale. */
export const UNSEEN = { type: 'point' as const, opacity: 0, tooltip: false };

/** The key of a map. @param ends of the scale, in the unit it is shown in */
export function colorBarPanel(
  title: string,
  colors: readonly string[],
  [low, high]: readonly [number, number],
) {
  const steps = colors.map((_, i) => shorten(low + ((high - low) * i) / (colors.length - 1))!);
  return {
    data: { values: [{ value: steps[0] }] },
    mark: UNSEEN,
    encoding: {
      color: {
        field: 'value',
        type: 'quantitative' as const,
        scale: { domain: steps, range: [...colors] },
        legend: {
          title,
          orient: 'right' as const,
          gradientLength: 90,
          gradientThickness: 10,
          gradientOpacity: 1,
          tickCount: 4,
          titleFontSize: 11,
          labelFontSize: 10,
          titleLimit: 120,
          offset: 8,
        },
      },
    },
  };
}

/** A panel that keeps its place. */
export const filler = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  width,
  height,
  data: { values: [{}] },
  mark: UNSEEN,
});
