import type { TopLevelSpec } from 'vega-lite';
import type { ContactSheet } from '../../fit-results/contact-sheet.ts';
import { picturePanel } from '../look/picture-panel.ts';

/** Slices stand in one long row per map from so many on; fewer stand beside each other, map by map. */
const LONG_ROW = 3;
/** Size of a panel: what a page of paper and a screen of usual width have room for. */
const WIDEST = 760;
const HIGHEST = 150;
const HIGHEST_ALONE = 260;

/** One map on the slices of a sheet. */
export interface SheetRow {
  readonly title: string;
  readonly subtitle: string;
  /** Address of the painted PNG. */
  readonly address: string;
  /** A layer that draws nothing but the colour bar or the legend; absent: none. */
  readonly key?: object;
}

/** Maps below each other, each with the slices of the sheet and its key at the right. The last one names the slices. */
export function sheetPanels(
  sheet: ContactSheet,
  rows: readonly SheetRow[],
  description: string,
): TopLevelSpec {
  const long = sheet.slices.length >= LONG_ROW;
  const shape = (sheet.width * sheet.pixel[0]) / (sheet.height * sheet.pixel[1]);
  const [widest, highest] = long ? [WIDEST, HIGHEST] : [WIDEST / 3, HIGHEST_ALONE];
  const width = Math.round(Math.min(widest, highest * shape));
  const height = Math.round(width / shape);
  const columns = long ? 1 : 2;
  const concat = rows.map(({ title, subtitle, address, key }, i) => {
    const panel = picturePanel(sheet, address, title, subtitle);
    const named = i >= rows.length - columns ? [sliceNames(sheet)] : [];
    return { ...panel, width, height, layer: [...panel.layer, ...(key ? [key] : []), ...named] };
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    usermeta: { columns, minPanelWidth: long ? 250 : 150, keepAspect: true, grid: true },
    columns,
    spacing: { row: 12, column: 24 },
    concat,
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  } as TopLevelSpec;
}

/** Below each slice its number, from 1 as viewers count them. */
function sliceNames({ slices, sliceWidth, gap, width }: ContactSheet) {
  return {
    data: {
      values: slices.map((z, s) => ({
        name: `slice ${z + 1}`,
        middle: (s * (sliceWidth + gap) + sliceWidth / 2) / width,
      })),
    },
    mark: { type: 'text' as const, baseline: 'top' as const, dy: 4, fontSize: 11, tooltip: false },
    encoding: {
      text: { field: 'name', type: 'nominal' as const },
      x: {
        field: 'middle',
        type: 'quantitative' as const,
        scale: { domain: [0, 1], nice: false },
        axis: null,
      },
      y: { value: 'height' as const },
    },
  };
}
