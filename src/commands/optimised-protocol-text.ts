import { stringify } from 'yaml';
import type { ProtocolFile } from '../config/sections/protocol-file.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { quantityOf } from '../measures/quantities.ts';
import type { Criterion } from '../protocol-design/protocol-criterion.ts';
import { roundedText } from '../tables/reading/number-text.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

export interface OptimiseOptions {
  readonly measurements: number;
  readonly tissue: string;
  readonly bMax: number;
  readonly bMin?: number;
  readonly step: number;
  readonly distinct?: boolean;
  readonly criterion: Criterion;
  readonly estimates: readonly ParameterName[];
  readonly snr: number;
  readonly sample: number;
  readonly starts: number;
  readonly seed: number;
  readonly compare: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** A protocol, the value of its criterion, and the root mean square of its bounds over the tissues. */
export interface Compared {
  readonly name: string;
  readonly bValues: readonly number[];
  readonly criterion: number;
  readonly bound: Readonly<Record<ParameterName, number>>;
}

/** Returns the options that decide the result, as on the command line. */
export function commandLine(words: OptimiseOptions): string {
  const { measurements, tissue, bMin, bMax, step, distinct, criterion, estimates, sample, starts, seed } =
    words;
  const given = [
    `-n ${measurements} --tissue ${/[\s{]/.test(tissue) ? `'${tissue}'` : tissue}`,
    `--b-min ${bMin ?? step} --b-max ${bMax} --step ${step}`,
    ...(distinct ? ['--distinct'] : []),
    `--criterion ${criterion} --estimates ${estimates.join(',')} --sample ${sample} --starts ${starts} --seed ${seed}`,
  ];
  return given.join(' ');
}

/** Formats a protocol as a YAML file, with its b-values on one line. */
export function protocolYaml({
  bValues,
  ...about
}: Pick<ProtocolFile, 'name' | 'source' | 'bValues'>): string {
  return `${stringify(about, { lineWidth: 120 })}bValues: [${bValues.join(', ')}]\n`;
}

/** Compares the protocols in one line each, and states how many starts ended at the best one. */
export function comparisonLines(
  compared: readonly Compared[],
  words: OptimiseOptions,
  ended: number,
): string[] {
  const [best] = compared;
  const different = new Set(best.bValues).size;
  return [
    ...compared.map(({ name, bValues, criterion, bound }) => {
      const against =
        name === best.name ? '' : `; criterion ${roundedText(criterion / best.criterion, 3)} times as large`;
      const bounds = PARAMETERS.map((parameter) => {
        const { scale, shownUnit: unit } = quantityOf(parameter);
        return `${parameter} ${roundedText(bound[parameter] * scale, 3)}${unit === 'fraction' ? '' : ` ${unit}`}`;
      });
      return `${name}: b ${bValues.join(' ')}; bound at SNR ${words.snr}: ${bounds.join(', ')}${against}`;
    }),
    `${ended} of ${counted(words.starts, 'start')} ${oneOrMore(ended, 'ends', 'end')} at this protocol`,
    ...(different < 4 ? [`a config needs four different b-values; this protocol has ${different}`] : []),
  ];
}
