import './no-evaluation.ts';
import { chooseSeries, isDiffusion } from '../dicom/choose-series.ts';
import { convertDicom, LARGEST_DICOM, type DicomFile, type DicomSeries } from '../dicom/convert-dicom.ts';
import { answer } from './answer.ts';
import { faultsOf } from './faults.ts';

/** Files of DICOM to convert. */
export interface DicomRequest {
  readonly files: readonly File[];
  /** What they are called together, for messages. */
  readonly where: string;
  /** Whether b-values came along. */
  readonly hasBValues: boolean;
}

/** The series that can be fitted, at least one, or why there is none. */
export type DicomAnswer =
  | { readonly series: readonly DicomSeries[] }
  | { readonly faults: readonly string[] };

onmessage = async ({ data: { files, where, hasBValues } }: MessageEvent<DicomRequest>) => {
  try {
    const read: DicomFile[] = [];
    let size = 0;
    for (const file of files) {
      read.push({
        name: file.webkitRelativePath || file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      });
      size += file.size;
      // More than can be converted, which `convertDicom` says.
      if (size > LARGEST_DICOM) break;
    }
    const all = await convertDicom(read, where);
    const suitable = all.filter((each) => (hasBValues ? each.volumes > 1 : isDiffusion(each)));
    answer<DicomAnswer>({
      series: suitable.length > 0 ? suitable : [chooseSeries(all, { where, hasBValues })],
    });
  } catch (error) {
    answer<DicomAnswer>({ faults: faultsOf(error) });
  }
};
