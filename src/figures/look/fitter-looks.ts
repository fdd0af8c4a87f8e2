import { byName } from '../../tables/reading/series.ts';

/** How a fitter is drawn: places in the lists below. */
export interface FitterLook {
  readonly color: number;
  readonly shape: number;
  readonly dash: number;
}

/**
 * Colours that remain apart for every kind of colour vision: simulated protanopia and deuteranopia (Machado et al. 2009) leave every two
 * of them further apart in OKLab than the closest two of Okabe and Ito's without black and yellow, on a white and on a dark page. The
 * first three are theirs.
 */
export const COLORS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#19A6F5',
  '#7D5D70',
  '#B9AA42',
  '#7673FD',
  '#BE1506',
] as const;
export const SHAPES = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
] as const;
/** Solid, dashed, dotted: where curves lie on each other, one below a dashed one is seen. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [6, 4],
  [2, 3],
];

const [BLUE, VERMILION, GREEN, SKY, PLUM, MUSTARD, VIOLET, RED] = COLORS.keys();
const [CIRCLE, SQUARE, UP, DIAMOND, CROSS, DOWN, RIGHT] = SHAPES.keys();
const [SOLID, DASHED, DOTTED] = DASHES.keys();

const look = (color: number, shape: number, dash: number): FitterLook => ({ color, shape, dash });

/**
 * The looks of the program's fitters, the same in every report. No two share colour and shape; those that often come to the same curve
 * differ in dash.
 */
const KNOWN: ReadonlyMap<string, FitterLook> = new Map([
  ['dnn', look(BLUE, CIRCLE, SOLID)],
  ['ls', look(VERMILION, SQUARE, SOLID)],
  ['ls-global', look(GREEN, UP, DASHED)],
  ['map', look(VIOLET, DIAMOND, SOLID)],
  ['segmented', look(MUSTARD, DOWN, SOLID)],
  ['posterior-net', look(SKY, CROSS, SOLID)],
  ['any-protocol-net', look(RED, RIGHT, SOLID)],
  ['dnn-best', look(PLUM, UP, DASHED)],
  ['dnn-supervised', look(GREEN, CIRCLE, DOTTED)],
  ['ivim-net-optim', look(PLUM, DIAMOND, SOLID)],
  ['super-ivim-dc', look(RED, SQUARE, DASHED)],
  ['ls-s0', look(PLUM, SQUARE, DOTTED)],
  ['ls-rician', look(SKY, DIAMOND, DOTTED)],
  ['varpro', look(RED, CROSS, DASHED)],
  ['grid-refine', look(BLUE, SQUARE, DOTTED)],
  ['segmented-s0', look(VIOLET, DOWN, DASHED)],
  ['log-linear', look(MUSTARD, CROSS, DOTTED)],
  ['wls', look(PLUM, DOWN, DASHED)],
  ['sivim', look(VERMILION, RIGHT, DASHED)],
  ['triexponential', look(GREEN, DIAMOND, DOTTED)],
  ['bayes-mcmc', look(BLUE, UP, DASHED)],
  ['mmse', look(PLUM, CIRCLE, DASHED)],
]);

const pair = ({ color, shape }: FitterLook): string => `${color} ${shape}`;

/** What the program's fitters leave, colour after colour: looks of fitters of one's own. */
const FREE: readonly FitterLook[] = DASHES.flatMap((_, dash) =>
  SHAPES.flatMap((_, shape) => COLORS.map((_, color) => look(color, shape, dash))),
).filter((each) => ![...KNOWN.values()].some((known) => pair(known) === pair(each)));

/**
 * The looks of some fitters. A fitter of the program has the same one everywhere. Another has that of its name, or, where a fitter beside
 * it has the same colour while others are free, or every colour and the same shape, the next.
 */
export function fitterLooks(names: readonly string[]): ReadonlyMap<string, FitterLook> {
  const looks = new Map<string, FitterLook>();
  for (const name of names) if (KNOWN.has(name)) looks.set(name, KNOWN.get(name)!);
  const others = [...new Set(names)].filter((name) => !KNOWN.has(name)).sort(byName);
  for (const name of others) {
    const used = [...looks.values()];
    const colors = new Set(used.map(({ color }) => color));
    const pairs = new Set(used.map(pair));
    const whole = new Set(used.map((each) => `${pair(each)} ${each.dash}`));
    const first = hash(name) % FREE.length;
    const inTurn = FREE.map((_, i) => FREE[(first + i) % FREE.length]);
    const free =
      inTurn.find(({ color }) => !colors.has(color)) ??
      inTurn.find((each) => !pairs.has(pair(each))) ??
      inTurn.find((each) => !whole.has(`${pair(each)} ${each.dash}`));
    looks.set(name, free ?? inTurn[0]);
  }
  return looks;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
