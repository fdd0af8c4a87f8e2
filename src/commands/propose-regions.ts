import { InputError } from '../contracts/input-error.ts';
import type { Json } from '../contracts/experiment.ts';
import { encodeNiftiGz } from '../data/nifti-gz.ts';
import type { ProposedRegions, ProposeRegions } from '../data/proposed-regions.ts';
import { segmentationTable } from '../data/volunteers/bids-texts.ts';
import { readModel } from '../fitting/saved-model.ts';
import { markScan } from '../segmented/mark-scan.ts';
import { niftiScan } from '../segmented/nifti-scan.ts';
import { decodeNetwork, trainingWords } from '../segmented/saved-network.ts';
import { counted } from '../wording/counted.ts';

/**
 * Reads a saved network that marks regions.
 * @param folder of the network, as a run of the experiment segmentation leaves it
 * @returns what marks a scan
 * @throws InputError where it is no such network; and when used, where the scan lacks a b-value, or nothing is found in it
 */
export async function openProposer(folder: string): Promise<ProposeRegions> {
  const where = `--segment ${folder}`;
  const { files } = await readModel(folder, '--segment');
  const record = decodeNetwork(files, where);
  const words = trainingWords(record);
  return async (scan): Promise<ProposedRegions> => {
    const { header, file } = scan.image;
    const { labels, notes } = await markScan(record, files, niftiScan(scan, `${where}: ${file}`));
    const voxels = record.regions.map((_, r) =>
      labels.reduce((sum, label) => sum + Number(label === r + 1), 0),
    );
    if (voxels.every((count) => count === 0)) {
      throw new InputError(`${where}: the network, ${words}, finds none of its regions in ${file}`);
    }
    const absent = record.regions.filter((_, r) => voxels[r] === 0);
    return {
      labels: Int32Array.from(labels),
      names: new Map(record.regions.map((name, r) => [r + 1, name])),
      notes: [
        `regions are proposed by ${words}; it was tested on such people alone: look at the regions before you use their numbers`,
        `${counted(record.regions.length - absent.length, 'region')} found: ${record.regions
          .flatMap((name, r) => (voxels[r] > 0 ? [`${name} ${voxels[r]} voxels`] : []))
          .join(', ')}`,
        ...(absent.length > 0 ? [`the network finds no voxel of ${absent.join(', ')}`] : []),
        ...(header.placed
          ? []
          : [
              `${file} does not say which side is which; its axes are taken to run to the left, front and head`,
            ]),
        ...notes,
      ],
      proposedBy: words,
      facts: { network: folder, ...record } as unknown as Json,
      image: await encodeNiftiGz(header, {
        data: labels,
        shape: header.shape,
        name: 'regions',
        description: `regions, proposed by ${record.model.use}`,
      }),
      table: segmentationTable(record.regions),
    };
  };
}
