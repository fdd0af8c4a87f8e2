import { reason } from '../../files/reason.ts';
import { readText } from '../read-text.ts';

export interface SidecarFacts {
  /** Tesla. */
  readonly field?: number;
  /** Noise per quadrature channel, in the unit of the image. */
  readonly sigma?: number;
  /** Why the file could not be read. What it tells is of use, but nothing needs it. */
  readonly note?: string;
}

/**
 * What a series' JSON file tells that an analysis can use: `MagneticFieldStrength`, and `NoiseStandardDeviation`, a key of our own.
 * A file that can't be read as JSON tells nothing, with a note.
 */
export async function readSidecar(file: string | undefined): Promise<SidecarFacts> {
  if (file === undefined) return {};
  let facts: unknown;
  try {
    facts = JSON.parse(await readText(file));
  } catch (error) {
    return { note: `${file} can't be read as JSON and is ignored: ${reason(error)}` };
  }
  const number = (key: string): number | undefined => {
    const value = (facts as Readonly<Record<string, unknown>> | null)?.[key];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const field = number('MagneticFieldStrength');
  const sigma = number('NoiseStandardDeviation');
  return { ...(field === undefined ? {} : { field }), ...(sigma === undefined ? {} : { sigma }) };
}
