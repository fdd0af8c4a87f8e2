import { regionText } from '../../tables/reading/regions.ts';
import { regionColor } from './paint.ts';
import { swatchKey } from './swatch-key.ts';

/** A layer that draws nothing but the legend of regions. @param regions their names and their numbers, which decide the colours */
export const regionKey = (
  regions: readonly { readonly name: string; readonly i: number }[],
  orient: 'bottom' | 'right' = 'bottom',
) =>
  swatchKey(
    regions.map(({ name, i }) => ({ name: regionText(name), color: regionColor(i) })),
    {
      orient,
      direction: 'vertical',
      symbolSize: 50,
      rowPadding: 0,
      offset: orient === 'right' ? 8 : 4,
    },
  );
