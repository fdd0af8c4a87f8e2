import { Status } from '../src/contracts/voxels.ts';
import { rgb, VIRIDIS } from '../src/figures/look/palette.ts';
import { STATUS_COLORS as COLORS_BY_CODE } from '../src/figures/look/status-colors.ts';

/** A scale of colours as the viewer takes it: red, green, blue and opacity (0..255) at places 0..255. */
interface Scale {
  readonly R: number[];
  readonly G: number[];
  readonly B: number[];
  readonly A: number[];
  readonly I: number[];
}

/** Of voxels outside of the mask: that of the canvas around the scan. */
const BACKGROUND = '#2a2d31';

/** A colour per status, by its word: those of reports. */
export const STATUS_COLORS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(Status).map(([word, code]) => [word, COLORS_BY_CODE.get(code) ?? BACKGROUND]),
);

function scaleOf(stops: readonly (readonly [place: number, color: string])[]): Scale {
  const colors = stops.map(([, color]) => rgb(color));
  const channel = (c: number) => colors.map((color) => color[c]);
  return {
    ...{ R: channel(0), G: channel(1), B: channel(2) },
    A: stops.map(() => 255),
    I: stops.map(([place]) => place),
  };
}

/** The largest code of a status that is drawn. */
export const LAST_STATUS = Status.notFitted;

/** Steps in place of ramps: each code keeps its colour halfway to the next one. */
function stepsOfStatus(): Scale {
  const codes = Object.entries(Status).sort(([, a], [, b]) => a - b);
  const at = (code: number) => Math.round((255 * code) / LAST_STATUS);
  return scaleOf(
    codes.flatMap(([word, code], i) => {
      const color = STATUS_COLORS[word];
      const from = i === 0 ? 0 : Math.round((at(codes[i - 1][1]) + at(code)) / 2) + 1;
      const to = i === codes.length - 1 ? 255 : Math.round((at(code) + at(codes[i + 1][1])) / 2);
      return from === to ? [[from, color] as const] : [[from, color] as const, [to, color] as const];
    }),
  );
}

export const COLORS = {
  quantity: scaleOf(
    VIRIDIS.map((color, i) => [Math.round((255 * i) / (VIRIDIS.length - 1)), color] as const),
  ),
  status: stepsOfStatus(),
} satisfies Readonly<Record<string, Scale>>;

/** The scale of quantities as a background of CSS, from left to right. */
export const QUANTITY_GRADIENT = `linear-gradient(to right, ${VIRIDIS.join(', ')})`;
