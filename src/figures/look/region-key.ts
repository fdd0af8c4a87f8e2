import { regionText } from '../../tables/reading/regions.ts';
import { regionColor } from './paint.ts';
import { UNSEEN } from './picture-panel.ts';

/** A layer that draws nothing but the legend of regions. @param regions their names and their numbers, which decide the colours */
export function regionKey(
  regions: readonly { readonly name: string; readonly i: number }[],
  orient: 'bottom' | 'right' = 'bottom',
) {
  return {
    data: { values: regions.map(({ name }) => ({ name: regionText(name) })) },
    mark: { ...UNSEEN, shape: 'square', filled: true },
    encoding: {
      color: {
        field: 'name',
        type: 'nominal' as const,
        scale: {
          domain: regions.map(({ name }) => regionText(name)),
          range: regions.map(({ i }) => regionColor(i)),
        },
        legend: {
          title: null,
          orient,
          direction: 'vertical' as const,
          symbolOpacity: 1,
          symbolType: 'square',
          symbolSize: 50,
          labelFontSize: 10,
          rowPadding: 0,
          offset: orient === 'right' ? 8 : 4,
        },
      },
    },
  };
}
