import { readFile } from 'node:fs/promises';
import { InputError } from '../../contracts/input-error.ts';
import { reason } from '../../files/reason.ts';

export interface SidecarFacts {
  /** Tesla. */
  readonly field?: number;
  /** Noise per quadrature channel, in the unit of the image. */
  readonly sigma?: number;
}

/**
 * What a series' JSON file tells that an analysis can use: `MagneticFieldStrength`, and `NoiseStandardDeviation`, a key of our own.
 * @throws InputError where the file is not JSON
 */
export async function readSidecar(file: string | undefined): Promise<SidecarFacts> {
  if (file === undefined) return {};
  let facts: unknown;
  try {
    facts = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file} can't be read as JSON: ${reason(error)}`, { cause: error });
  }
  const number = (key: string): number | undefined => {
    const value = (facts as Readonly<Record<string, unknown>> | null)?.[key];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const field = number('MagneticFieldStrength');
  const sigma = number('NoiseStandardDeviation');
  return { ...(field === undefined ? {} : { field }), ...(sigma === undefined ? {} : { sigma }) };
}
