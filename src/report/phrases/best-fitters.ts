import { BOUND, type Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE } from '../../measures/errors.ts';
import { contendersOf } from '../../tables/reading/contenders.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { floorOf } from '../../tables/reading/reference-fitter.ts';
import { byName } from '../../tables/reading/series.ts';
import { withoutRuns } from '../../tables/reading/without-runs.ts';
import { wordList } from './lists-in-words.ts';

/**
 * Returns a sentence on which fitter has the lowest RMSE in how many combinations of parameter and SNR; undefined without errors.
 * @param rows those of one protocol
 */
export function bestFitters(rows: readonly Row[], manifest: Pick<RunManifest, 'config'>): string | undefined {
  const all = withoutRuns(rows);
  const cells = contendersOf(all, manifest).filter((rows) => rows.length > 0);
  const names = [...new Set(cells.flatMap((rows) => rows.map(({ method }) => method)))];
  if (names.length === 0) return undefined;
  if (names.length === 1) return alone(all, manifest, names[0]);
  const wins = new Map<string, number>();
  const compared = cells.filter((rows) => rows.length > 1);
  for (const rows of compared) {
    const { method } = rows.reduce((best, row) => (row.value < best.value ? row : best));
    wins.set(method, (wins.get(method) ?? 0) + 1);
  }
  const ranked = [...wins].sort(([a, m], [b, n]) => n - m || byName(a, b));
  if (ranked.length === 0) return undefined;
  const [[first, count], ...others] = ranked;
  const which = `combinations of parameter and SNR`;
  if (others.length === 0)
    return `${first} has the lowest error of the ${names.length} fitters in all ${compared.length} ${which}.`;
  return (
    `${first} has the lowest error of the ${names.length} fitters in ${count} of ${compared.length} ${which}, ` +
    `${wordList(others.map(([name, wins]) => `${name} in ${wins}`))}.`
  );
}

/** A single fitter is compared with the limit, or its error is reported. */
function alone(
  rows: readonly Row[],
  manifest: Pick<RunManifest, 'config'>,
  fitter: string,
): string | undefined {
  const snr = nearestSnr(rows.filter(({ metric }) => metric === RMSE.name));
  const at = (method: string | undefined, parameter: string) =>
    rows.find(
      (row) =>
        row.method === method &&
        row.parameter === parameter &&
        (row.metric === RMSE.name || method === BOUND) &&
        numericFactor(row, 'snr') === snr,
    )?.value ?? NaN;
  const floor = floorOf(manifest);
  const limit = floor !== undefined && floor !== fitter ? floor : BOUND;
  const ratios = PARAMETERS.flatMap((name) => {
    const ratio = at(fitter, name) / at(limit, name);
    return ratio > 0 && ratio < Infinity ? [{ name, ratio: numberText(ratio, 2) }] : [];
  });
  if (ratios.length === 0) return undefined;
  const meaning = limit === BOUND ? 'the Cramér-Rao bound' : `the lowest error possible (${limit})`;
  const [first, ...others] = ratios;
  const parts = [
    `${first.ratio} times ${meaning} in ${first.name}`,
    ...others.map(({ name, ratio }) => `${ratio} times in ${name}`),
  ];
  return `At SNR ${numberText(snr, 3)} the RMSE of ${fitter} is ${wordList(parts)}.`;
}
