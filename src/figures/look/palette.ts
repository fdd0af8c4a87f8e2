/** A colour as red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** Viridis (van der Walt and Smith 2015) at ten places: even steps of lightness, told apart by all kinds of colour vision. */
export const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
] as const;

/** Blue through white to red (ColorBrewer's RdBu, Harrower and Brewer 2003): below and above 0, told apart by all kinds of colour vision. */
export const BLUE_TO_RED = [
  '#053061',
  '#2166ac',
  '#4393c3',
  '#92c5de',
  '#d1e5f0',
  '#f7f7f7',
  '#fddbc7',
  '#f4a582',
  '#d6604d',
  '#b2182b',
  '#67001f',
] as const;

/** Colours of up to eight regions, in turn (Okabe and Ito). */
export const REGION_COLORS = [
  '#E69F00',
  '#56B4E9',
  '#009E73',
  '#F0E442',
  '#0072B2',
  '#D55E00',
  '#CC79A7',
  '#A0522D',
] as const;

/** Numbers written on dark and on light cells of a map of colours. */
export const TEXT_ON_DARK = '#ffffff';
export const TEXT_ON_LIGHT = '#1c1c1c';

export function rgb(color: string): Rgb {
  const part = (at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** The colour at `t`, 0..1 from the first to the last of `colors`, straight lines between them as Vega draws its colour bars. */
export function colorAt(colors: readonly string[], t: number): Rgb {
  const place = Math.min(1, Math.max(0, t)) * (colors.length - 1);
  const below = Math.min(Math.floor(place), colors.length - 2);
  const [a, b] = [rgb(colors[below]), rgb(colors[below + 1])];
  const mixed = (i: 0 | 1 | 2) => Math.round(a[i] + (place - below) * (b[i] - a[i]));
  return [mixed(0), mixed(1), mixed(2)];
}

/** So many steps at most, with one more colour for nothing, fit into a byte. */
const MOST_STEPS = 254;

/** Colours at even steps along `colors`, each of which is among them. */
export function colorSteps(colors: readonly string[]): readonly Rgb[] {
  const segments = colors.length - 1;
  const steps = segments * Math.floor(MOST_STEPS / segments);
  return Array.from({ length: steps + 1 }, (_, k) => colorAt(colors, k / steps));
}
