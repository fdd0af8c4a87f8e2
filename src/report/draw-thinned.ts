import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../contracts/metric.ts';
import { compareNames } from '../contracts/row-order.ts';

/** A specification of more characters is drawn from fewer rows: nobody sees so many marks, and a page of them opens slowly. */
const LARGEST = 400_000;
/** Factors with so few levels are not thinned. */
const FEW_LEVELS = 50;

type Level = string | number;

export interface ThinnedSpec {
  readonly spec: TopLevelSpec;
  /** A sentence that says which part of the rows is drawn; absent if all are. */
  readonly thinned?: string;
}

/**
 * Draws rows. If that gives too large a specification, it is drawn from a part of them: of the factor with the most levels, levels
 * evenly spaced in their order are kept, the first and the last among them, then of the next factor. What does not become smaller with fewer
 * rows, such as pictures, is drawn from all.
 * @returns null if there is nothing to draw
 */
export function drawThinned(
  rows: readonly Row[],
  draw: (rows: readonly Row[]) => TopLevelSpec | null,
): ThinnedSpec | null {
  const whole = draw(rows);
  if (whole === null) return null;
  let [spec, size, kept] = [whole, sizeOf(whole), rows];
  const tried = new Set<string>();
  const counts: string[] = [];
  while (size > LARGEST) {
    const factor = mostLevels(kept, tried);
    if (factor === null) break;
    tried.add(factor.name);
    const count = Math.max(FEW_LEVELS, Math.floor(factor.levels.length * (LARGEST / size)));
    const chosen = new Set(evenly(factor.levels, count));
    const fewer = kept.filter(({ factors }) => !(factor.name in factors) || chosen.has(factors[factor.name]));
    const drawn = draw(fewer);
    if (drawn === null || sizeOf(drawn) >= size) continue;
    [spec, size, kept] = [drawn, sizeOf(drawn), fewer];
    counts.push(`${chosen.size} of ${factor.levels.length} values of \`${factor.name}\``);
  }
  if (counts.length === 0) return { spec };
  const thinned = `Thinned: drawn at ${counts.join(' and ')}, evenly spaced in their order; the tables have all.`;
  return { spec: { ...spec, description: [spec.description, thinned].join('. ') }, thinned };
}

const sizeOf = (spec: TopLevelSpec): number => JSON.stringify(spec).length;

/** The factor with the most levels, sorted; null if no other has more than a few. */
function mostLevels(
  rows: readonly Row[],
  except: ReadonlySet<string>,
): { readonly name: string; readonly levels: readonly Level[] } | null {
  const found = new Map<string, Set<Level>>();
  for (const { factors } of rows) {
    for (const [name, level] of Object.entries(factors)) {
      const levels = found.get(name);
      if (levels) levels.add(level);
      else found.set(name, new Set([level]));
    }
  }
  const [most] = [...found]
    .filter(([name, levels]) => !except.has(name) && levels.size > FEW_LEVELS)
    .sort(([, a], [, b]) => b.size - a.size);
  return most === undefined ? null : { name: most[0], levels: [...most[1]].sort(compareLevels) };
}

const compareLevels = (a: Level, b: Level): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareNames(String(a), String(b));

/** Returns `count` of the items, from the first to the last. */
function evenly<T>(items: readonly T[], count: number): T[] {
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => items[Math.round(i * step)]);
}
