import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import type { DicomSeries } from './convert-dicom.ts';

/** So many series are listed. */
const LISTED = 12;

/** How a series is chosen. */
export interface SeriesChoice {
  /** Where the series are, for messages. */
  readonly where: string;
  /** The number of a series, or a part of its description. */
  readonly word?: string;
  /** Whether b-values are given beside the series, so that it needs none of its own. */
  readonly hasBValues?: boolean;
}

/** Whether a series has several b-values, so that it can be fitted. */
export const isDiffusion = ({ bValues }: DicomSeries): boolean => new Set(bValues).size > 1;

/**
 * Returns the series to be fitted: the only one with several b-values, or the one that is asked for.
 * @throws InputError if there is none or more than one; the message names the series
 */
export function chooseSeries(
  series: readonly DicomSeries[],
  { where, word, hasBValues = false }: SeriesChoice,
): DicomSeries {
  const suits = (each: DicomSeries) => (hasBValues ? each.volumes > 1 : isDiffusion(each));
  const named = word === undefined ? series : series.filter((each) => isCalled(each, word));
  if (named.length === 0)
    throw new InputError(`--series ${word}: no series of ${where} is called so; it holds ${listed(series)}`);
  const suitable = named.filter(suits);
  const [only] = suitable.length === 0 && named.length === 1 ? named : suitable;
  if (suitable.length === 1) return only;
  if (suitable.length > 1) {
    const found = word === undefined ? `${where} holds` : `--series ${word} means`;
    const which = hasBValues ? 'series of several volumes' : 'diffusion series';
    throw new InputError(
      `${found} ${suitable.length} ${which}: ${listed(suitable)}; choose one by its number or a word of its name, as in --series ${numberOf(suitable[0])}`,
    );
  }
  if (only) throw new InputError(`series ${only.name} of ${where} ${fault(only, hasBValues)}`);
  const all = named.slice(0, LISTED).map((each) => `${each.name} ${fault(each, hasBValues)}`);
  throw new InputError(
    `${where} holds no ${hasBValues ? 'series of several volumes' : 'diffusion series'}: ${all.join('; ')}${named.length > LISTED ? '; …' : ''}`,
  );
}

/** Why a series can't be fitted, after its name. */
function fault({ volumes, bValues }: DicomSeries, hasBValues: boolean): string {
  if (hasBValues || volumes === 1)
    return `has ${counted(volumes, 'volume')}; a fit needs one per b-value in one series`;
  if (!bValues)
    return `has ${volumes} volumes, of which dcm2niix knows no b-values; a .bval file gives them (--bval)`;
  return `has the b-value ${bValues[0]} in all of its ${volumes} volumes, as dcm2niix finds; a .bval file gives others (--bval)`;
}

const numberOf = ({ name }: DicomSeries): string => name.split(' ')[0];

function isCalled(series: DicomSeries, word: string): boolean {
  if (numberOf(series) === word || series.name === word) return true;
  return !/^\d+$/.test(word) && series.name.toLowerCase().includes(word.toLowerCase());
}

function listed(series: readonly DicomSeries[]): string {
  const names = series.slice(0, LISTED).map(({ name }) => `'${name}'`);
  return names.join(', ') + (series.length > LISTED ? ', …' : '');
}
