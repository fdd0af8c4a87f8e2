import type { TopLevelSpec } from 'vega-lite';

type Panel = Extract<TopLevelSpec, { readonly concat: unknown }>['concat'][number];

/** Panels beside each other. @param minPanelWidth narrower panels stand below each other, in pixels */
export const sideBySide = (
  panels: readonly Panel[],
  description: string,
  minPanelWidth = 170,
): TopLevelSpec => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  description,
  usermeta: { columns: panels.length, minPanelWidth },
  columns: panels.length,
  spacing: 22,
  concat: [...panels],
});
