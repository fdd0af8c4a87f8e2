import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../contracts/figure.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { lightTheme } from '../figures/look/theme.ts';
import { figureNames, loadFigure, type Plugin } from '../plugins/discover.ts';
import { isOwn, pluginFailure } from '../plugins/plugin-failure.ts';
import { checkedSpec } from './checked-spec.ts';
import { namesAsText } from './names-as-text.ts';
import { drawThinned, type ThinnedSpec } from './draw-thinned.ts';
import { writeWhole } from '../files/write-whole.ts';

export interface Drawing extends ThinnedSpec {
  readonly svg: string;
  readonly png: Uint8Array;
}

/** A figure of a run; without a drawing it has the reason in `failure`. */
export interface DrawnFigure {
  readonly name: string;
  readonly figure: Figure;
  readonly drawing?: Drawing;
  readonly failure?: string;
}

/** Figures that are rasterised at a time: each takes a dozen megabytes until it is written. */
const MOST_WAITING = 3;

const EXTENSIONS = ['.vl.json', '.svg', '.png'];

/**
 * Draws every figure of the program for which the run has rows, and writes its specification, SVG and PNG into `dir`. A figure that
 * can't be drawn is returned with its failure, and its earlier files are removed; the others are not affected.
 * @param own `file:` URLs of figures of the user's
 */
export async function writeFigures(
  run: StoredRun,
  dir: string,
  own: readonly string[] = [],
): Promise<DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  const write = async ({ plugin, result }: Begun): Promise<void> => {
    const { name, value: figure } = plugin;
    const path = (extension: string) => join(dir, name + extension);
    const ended = await result;
    const drawing = ended?.drawing;
    if (drawing === undefined) {
      await Promise.all(EXTENSIONS.map((extension) => rm(path(extension), { force: true })));
    } else {
      await writeWhole(path('.vl.json'), standalone(drawing.spec));
      await writeWhole(path('.svg'), drawing.svg);
      await writeWhole(path('.png'), drawing.png);
    }
    if (ended !== null) drawn.push({ name, figure, ...ended });
  };
  // While figures are rasterised in other threads, Vega draws the next ones in this one.
  const waiting: Begun[] = [];
  for (const use of [...figureNames(), ...own]) {
    const plugin = await loadFigure(use);
    waiting.push(await begin(plugin, run));
    if (waiting.length > MOST_WAITING) await write(waiting.shift()!);
  }
  for (const begun of waiting) await write(begun);
  return drawn;
}

/** A figure that may still become a PNG. */
interface Begun {
  readonly plugin: Plugin<Figure>;
  /** Null where the run has no rows for it; does not reject. */
  readonly result: Promise<{ readonly drawing?: Drawing; readonly failure?: string } | null>;
}

async function begin(
  plugin: Plugin<Figure>,
  { rows, pictures = [], manifest, history }: StoredRun,
): Promise<Begun> {
  const failed = (error: unknown) => ({
    failure: pluginFailure('figure', plugin.module, error, manifest.title),
  });
  try {
    // Others go on with the same rows: one of the user's is given rows of its own, which it may sort or change.
    const given = isOwn(plugin.module) ? structuredClone({ rows, pictures }) : { rows, pictures };
    const found = drawThinned(given.rows, (some) =>
      checkedSpec(plugin.value.draw(some, given.pictures, manifest, history)),
    );
    if (found === null) return { plugin, result: Promise.resolve(null) };
    const spec = namesAsText(found.spec);
    // Vega takes a while to load, so it is only loaded if there is something to draw.
    const { rasterise, renderFigure } = await import('./render-figure.ts');
    const svg = await renderFigure(spec);
    const result = rasterise(svg).then((png) => ({ drawing: { ...found, spec, svg, png } }), failed);
    return { plugin, result };
  } catch (error) {
    return { plugin, result: Promise.resolve(failed(error)) };
  }
}

/** Returns a specification with the light theme, so that it looks the same in any Vega editor. */
function standalone(spec: TopLevelSpec): string {
  return JSON.stringify({ ...spec, config: { ...lightTheme, ...spec.config } }, null, 1) + '\n';
}
