import type { Config } from 'vega-lite';

/**
 * A sans serif with Arial's widths first, so that a picture laid out with the shipped font looks the same where the
 * machine's own is used.
 */
export const FONT = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif";

interface Inks {
  readonly background: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
}

const themed = ({ background, ink, faint, grid }: Inks): Config => ({
  background,
  font: FONT,
  padding: 6,
  view: { stroke: null },
  axis: {
    labelColor: faint,
    titleColor: ink,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    domainColor: faint,
    tickColor: faint,
    tickSize: 4,
    gridColor: grid,
    labelPadding: 4,
    // Labels of narrow panels that do not overlap by a hair are still read as one number.
    labelSeparation: 6,
  },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    titleFontSize: 12,
    symbolSize: 70,
    symbolStrokeWidth: 2,
    columnPadding: 18,
    labelLimit: 260,
    // None is left out, however many there are.
    symbolLimit: 0,
  },
  title: {
    color: ink,
    subtitleColor: faint,
    fontSize: 14,
    fontWeight: 'bold',
    subtitleFontSize: 12,
    anchor: 'start',
    offset: 8,
    subtitlePadding: 3,
  },
  header: { labelColor: ink, titleColor: ink },
  text: { color: ink, fontSize: 11 },
  rule: { color: faint },
});

/** Vega-Lite configs for a light page, paper and files, and for a dark page. Specifications name no background colour. */
export const lightTheme: Config = themed({
  background: '#ffffff',
  ink: '#1f2328',
  faint: '#59636e',
  grid: '#e6e8eb',
});
export const darkTheme: Config = themed({
  background: '#15181c',
  ink: '#e6e8eb',
  faint: '#a0a8b2',
  grid: '#2b3036',
});
