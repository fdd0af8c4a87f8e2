/**
 * A number that rows report, declared once: who writes rows, and who reads them for a table, a figure, a finding or the
 * gate, imports the declaration and uses its `name`.
 */
export interface Measure {
  /** As the column `metric` of `tables/metrics.csv` has it. */
  readonly name: string;
  /** For people, without the unit. */
  readonly label: string;
  /** What is computed, with its source where it has one. */
  readonly definition: string;
  /** Unit of the stored value; '' where it has none. Most errors have the unit of the quantity they are of. */
  readonly unit: (quantity: string) => string;
  /** Which direction is an improvement; null where neither is. */
  readonly better: 'lower' | 'higher' | null;
  /** How `check` compares it with the accepted value; absent where it does not. */
  readonly gated?: Gated;
  /** Experiments that train a network repeatedly report it for each training. */
  readonly keptPerTraining?: true;
}

export interface Gated {
  /** How a loss is counted: `ratio`, new over accepted less 1; `difference`, new less accepted. */
  readonly scale: 'ratio' | 'difference';
  /** False where seeds spread it too much to be of use: it is not gated for fitters that train. */
  readonly overSeeds: boolean;
}

/** The same unit for every quantity. */
export const fixedUnit =
  (unit: string): Measure['unit'] =>
  () =>
    unit;

/** A ratio, a share, a count or a correlation. */
export const NO_UNIT = fixedUnit('');
