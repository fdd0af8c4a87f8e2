import { reason } from '../../files/reason.ts';
import { readText } from '../read-text.ts';

export interface SidecarFacts {
  /** Tesla. */
  readonly field?: number;
  /** Noise per quadrature channel, in the unit of the image. */
  readonly sigma?: number;
  /** Why the file could not be read. The file is optional. */
  readonly note?: string;
}

/**
 * Reads a series' JSON file: `MagneticFieldStrength`, and `NoiseStandardDeviation`, which is not a BIDS key. A file that is not
 * valid JSON is ignored, with a note.
 */
export async function readSidecar(file: string | undefined): Promise<SidecarFacts> {
  if (file === undefined) return {};
  let facts: unknown;
  try {
    facts = JSON.parse(await readText(file));
  } catch (error) {
    return {
      note: `${file} can't be read as JSON and is ignored: ${error instanceof SyntaxError ? 'it is not valid JSON' : reason(error)}`,
    };
  }
  const number = (key: string): number | undefined => {
    const value = (facts as Readonly<Record<string, unknown>> | null)?.[key];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const field = number('MagneticFieldStrength');
  const sigma = number('NoiseStandardDeviation');
  return { ...(field === undefined ? {} : { field }), ...(sigma === undefined ? {} : { sigma }) };
}
