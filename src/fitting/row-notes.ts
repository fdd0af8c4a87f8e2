import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { disagreeingVolumes } from '../data/volume-agreement.ts';
import { partAir } from './sigma/part-air.ts';
import { sampleMeasured } from './sigma/sample-measured.ts';

/** From this proportion on, air in the field of view is reported. */
const MUCH_AIR = 0.1;
/** With fewer voxels, air is not reported. */
const FEWEST = 100;

/**
 * Returns notes on the rows of a file before they are fitted: volumes of one b-value that disagree, and, in a scan without a
 * mask, air that would be fitted like tissue.
 */
export async function rowNotes(
  source: RowSource,
  protocol: MeasuredProtocol,
  isScan: boolean,
): Promise<string[]> {
  const maybeAir = isScan && source.inside === undefined;
  const { inside, outside } = await sampleMeasured(source);
  const columns = protocol.place.length;
  const measured = inside.values.subarray(0, inside.n * columns);
  const notes = disagreeingVolumes(measured, protocol, isScan ? 'volume' : 'column');
  if (!maybeAir) return notes;
  const { tissue, airInside } = partAir(inside, outside, protocol);
  const lit = tissue.length + airInside.length;
  if (lit >= FEWEST && airInside.length > MUCH_AIR * lit) {
    const percent = Math.round((100 * airInside.length) / lit);
    notes.push(
      `there is no mask, and about ${percent} % of the voxels with a signal look like air (at b=0 less than a fifth of the ` +
        "body's signal), which is fitted too: give --mask FILE, or --mask auto for one made of the scan",
    );
  }
  return notes;
}
