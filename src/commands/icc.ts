import { completeRatings, targetName } from '../agreement/ratings.ts';
import type { CompleteRatings, MissingPolicy, Ratings } from '../agreement/ratings.ts';
import { icc2kIsMeaningful, ICC_FORMS, intraclassCorrelations } from '../agreement/icc.ts';
import type { IntraclassCorrelation } from '../agreement/icc.ts';
import { meanSquares } from '../agreement/mean-squares.ts';
import { parseRatings } from '../agreement/ratings-csv.ts';
import { InputError } from '../contracts/input-error.ts';
import { readText } from '../data/read-text.ts';
import { printJson, printMessage, printResult } from '../terminal/print.ts';
import { counted } from '../wording/counted.ts';

export interface IccOptions {
  readonly missing: MissingPolicy;
  /** Between 0 and 1. */
  readonly confidence: number;
  readonly json?: boolean;
}

/** Prints the intraclass correlations of a table of ratings; omitted data are reported on standard error. */
export async function icc(file: string, { missing, confidence, json }: IccOptions): Promise<number> {
  const note = (text: string) => printMessage(`note: ${text}`);
  const { ratings, emptyLines, ignored } = parseRatings(await readText(file), file);
  if (ignored.length > 0) note(`columns not read: ${ignored.join(', ')}`);
  if (missing === 'refuse' && emptyLines.length > 0) {
    throw new InputError(
      `${file}:${emptyLines[0]}: column value holds no rating (${counted(emptyLines.length, 'such line')})${ADVICE}`,
    );
  }
  const complete = named(file, () => completeRatings(ratings, missing), missing === 'refuse' ? ADVICE : '');
  if (complete.dropped.length > 0) note(droppedText(ratings, complete));
  const squares = named(file, () => meanSquares(complete.ratings));
  if (!icc2kIsMeaningful(squares)) {
    note(
      'targets vary too little for icc2k: its denominator is not positive, its value and limits mean nothing',
    );
  }
  const rows = intraclassCorrelations(squares, confidence);
  const crossed = rows.filter(({ low, high }) => low > high).map(({ form }) => form);
  if (crossed.length > 0) {
    note(
      `the limits of ${crossed.join(', ')} are the wrong way round: there are too few targets, or they vary too little, for the approximation; they mean nothing`,
    );
  }
  if (json) printJson(rows.map(record));
  else printResult(table(rows, complete.ratings, confidence));
  return 0;
}

const ADVICE = '; --missing drop leaves out targets that lack one';

/** Adds the name of the file, and advice, to errors of statistics. */
function named<T>(file: string, work: () => T, advice = ''): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${file}: ${error.message}${advice}`, { cause: error });
    throw error;
  }
}

function droppedText(ratings: Ratings, { dropped, missing }: CompleteRatings): string {
  const names = dropped.slice(0, 10).map((target) => targetName(ratings, target));
  const more = dropped.length > names.length ? ` and ${dropped.length - names.length} more` : '';
  return (
    `${dropped.length} of ${counted(ratings.targets, 'target')} left out for ` +
    `${counted(missing, 'missing rating')}: ${names.join(', ')}${more}`
  );
}

const record = ({ form, value, low, high, f, df1, df2, p }: IntraclassCorrelation) => ({
  form,
  value,
  ci_low: low,
  ci_high: high,
  f,
  df1,
  df2,
  p,
});

function table(rows: readonly IntraclassCorrelation[], ratings: Ratings, confidence: number): string {
  const percent = `${Number((confidence * 100).toPrecision(6))} %`;
  const lines = [
    ['form', 'value', `${percent} low`, 'high', 'F', 'df1', 'df2', 'p'],
    ...rows.map(({ form, value, low, high, f, df1, df2, p }) => [
      form,
      ...[value, low, high].map((number) => text(number, withoutMinusZero(number.toFixed(4)))),
      text(f, f.toPrecision(5)),
      String(df1),
      String(df2),
      text(p, p < 1e-300 ? '<1e-300' : p.toPrecision(3)),
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const labels = ['', ...ICC_FORMS.map(({ label }) => label)];
  const body = lines.map((line, i) =>
    `${line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ')}  ${labels[i]}`.trimEnd(),
  );
  return [`${counted(ratings.targets, 'target')}, ${counted(ratings.raters, 'rater')}`, '', ...body, ''].join(
    '\n',
  );
}

const withoutMinusZero = (written: string): string => written.replace(/^-(0\.0+)$/, '$1');

/** Formats a number; `undefined` if it is not finite because nothing varies. */
const text = (value: number, written: string): string =>
  Number.isNaN(value) ? 'undefined' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : written;
