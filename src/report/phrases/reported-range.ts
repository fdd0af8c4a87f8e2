import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT, ICC2 } from '../../measures/agreement.ts';
import { QUANTITIES } from '../../measures/quantities.ts';
import { type AgreementLine, intervalOf } from '../../tables/reading/agreement-lines.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { volunteerClaims } from '../../tables/published/volunteer-claims.ts';
import { byName } from '../../tables/reading/series.ts';
import { sessionText } from '../../tables/reading/session-display.ts';
import { wordList } from './lists-in-words.ts';

/** A statistic in percent, and the range that the study reports for it. */
export interface ReportedRange {
  readonly metric: string;
  /** Factor from the stored value to percent. */
  readonly scale: number;
  readonly range: readonly [number, number];
  readonly digits: number;
}

/** Agreement between readers, ICC(2,1). */
export const ICC: ReportedRange = {
  metric: ICC2.name,
  scale: 100,
  range: volunteerClaims.iccPercent,
  digits: 4,
};
/** Variation between people. */
export const CV: ReportedRange = {
  metric: CV_PERCENT.name,
  scale: 1,
  range: volunteerClaims.cvPercent,
  digits: 3,
};

/** Returns a sentence per fitter, `network` first: the range of the statistic, and where it is inside the study's range. */
export function againstRange(
  lines: readonly AgreementLine[],
  reported: ReportedRange,
  network: string | undefined,
): string[] {
  const first = (fitter: string) => Number(fitter !== network);
  const fitters = [...new Set(lines.map(({ method }) => method))].filter((fitter) => fitter !== TRUTH);
  return fitters
    .sort((a, b) => first(a) - first(b) || byName(a, b))
    .flatMap((fitter) => {
      const own = lines.filter((line) => line.method === fitter && percent(line, reported) !== null);
      if (own.length === 0) return [];
      const [low, high] = reported.range;
      const where = [
        ['inside', own.filter((line) => percent(line, reported)! >= low && percent(line, reported)! <= high)],
        ['below', own.filter((line) => percent(line, reported)! < low)],
        ['above', own.filter((line) => percent(line, reported)! > high)],
      ] as const;
      const told = where
        .filter(([, some]) => some.length > 0)
        .map(([word, some]) => `${word} that range ${placeWords(some, own)}`);
      return [`${fitter}: ${spread(own, reported)}, ${told.join('; ')}.`];
    });
}

/** Formats the range over some lines, `7.1–17 %`; null without any. */
export function spread(lines: readonly AgreementLine[], reported: ReportedRange): string | null {
  const values = lines
    .map((line) => percent(line, reported))
    .filter((value): value is number => value !== null);
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
    numberText(value, reported.digits),
  );
  return low === high ? `${low} %` : `${low}–${high} %`;
}

function percent(line: AgreementLine, { metric, scale }: ReportedRange): number | null {
  const value = intervalOf(line, metric, scale)?.value;
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** `for D at both fields and f at 3 T`: which of `all` the lines `some` are about. */
export function placeWords(some: readonly AgreementLine[], all: readonly AgreementLine[]): string {
  const sessions = (lines: readonly AgreementLine[], parameter: string) =>
    lines.filter((line) => line.parameter === parameter).map(({ session }) => sessionText(session));
  if (some.length === all.length) return 'for every parameter and field';
  const parameters = QUANTITIES.map(({ name }) => name).filter((name) => sessions(some, name).length > 0);
  const parts = parameters.map((name) => {
    const [here, everywhere] = [sessions(some, name), sessions(all, name)];
    const whole = here.length === everywhere.length && everywhere.length > 1;
    const fields = everywhere.length === 2 ? 'both fields' : 'every field';
    return `${name} at ${whole ? fields : wordList(here)}`;
  });
  return `for ${wordList(parts)}`;
}
