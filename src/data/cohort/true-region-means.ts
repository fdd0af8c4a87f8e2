import { InputError } from '../../contracts/input-error.ts';
import { isMissing } from '../read-text.ts';
import { readTabTable } from './tab-table.ts';

/** True values of a region in one session of a simulation. */
export interface TrueRegionMean {
  readonly subject: string;
  readonly session: string;
  readonly region: string;
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
}

/**
 * Reads `region_means.tsv` of virtual volunteers.
 * @throws InputError if it is not such a table
 */
export async function readTrueRegionMeans(file: string): Promise<TrueRegionMean[]> {
  const rows = await readTabTable(file, ['participant_id', 'session_id', 'region', 'D', 'f', 'Dp']);
  return rows.map(({ line, cells }) => {
    const number = (name: string): number => {
      const missing = cells[name] !== '' && isMissing(cells[name]);
      const value = missing ? NaN : Number(cells[name]);
      if (cells[name] === '' || (Number.isNaN(value) && !missing)) {
        throw new InputError(`${file}:${line}: ${name} is '${cells[name]}'; allowed: a number or n/a`);
      }
      return value;
    };
    return {
      subject: cells['participant_id'],
      session: cells['session_id'],
      region: cells['region'],
      D: number('D'),
      f: number('f'),
      Dp: number('Dp'),
    };
  });
}
