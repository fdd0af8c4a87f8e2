import type { ParameterName } from '../../src/contracts/voxels.ts';

/** One number about a trained network. */
export interface Measure {
  readonly metric: string;
  readonly parameter: ParameterName | '';
  /** Noise level of the test voxels; absent where it is of the training. */
  readonly snr?: number;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

/** Where a run keeps its measures. */
export const MEASURES_FILE = 'measures.json';

/** JSON has no NaN: it becomes null. */
export const encodeMeasures = (measures: readonly Measure[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(measures));

export function decodeMeasures(bytes: Uint8Array): Measure[] {
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as (Omit<Measure, 'value'> & {
    value: number | null;
  })[];
  return stored.map((measure) => ({ ...measure, value: measure.value ?? NaN }));
}
