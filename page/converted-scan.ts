import type { DicomAnswer, DicomRequest } from '../src/browser/dicom-worker.ts';
import type { DicomSeries } from '../src/dicom/convert-dicom.ts';
import { DICOM_HEAD, isDicom } from '../src/dicom/is-dicom.ts';
import { Fault, INCOMPLETE, startWorker } from './worker-calls.ts';

/** Names of files that are no DICOM, whatever is in them. */
const OTHER = /\.(nii|nii\.gz|bvals?|bvec|tsv|json)$/i;

/** Divides files into those of DICOM, by their contents, and others. */
export async function divided(files: readonly File[]): Promise<{ dicom: File[]; others: File[] }> {
  const dicom: File[] = [];
  const others: File[] = [];
  for (const file of files) {
    const is =
      !OTHER.test(file.name) && isDicom(new Uint8Array(await file.slice(0, DICOM_HEAD).arrayBuffer()));
    (is ? dicom : others).push(file);
  }
  return { dicom, others };
}

/** Converts files of DICOM in a worker, which ends with it. Returns the series that can be fitted, at least one. */
export async function seriesOf(request: DicomRequest): Promise<readonly DicomSeries[]> {
  const worker = startWorker('dicom-worker');
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<DicomAnswer>) => {
        if ('series' in data) resolve(data.series);
        else reject(new Fault(data.faults));
      };
      worker.onerror = ({ message }) => reject(new Fault([message || INCOMPLETE]));
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}

/** The image of a converted series and its b-values, if it has any, as files that could have been dropped. */
export function filesOfSeries({ name, files }: DicomSeries): File[] {
  const base = name.replace(/[^\p{L}\p{N} _-]+/gu, '_').trim();
  return ['nii', 'bval'].flatMap((ending) => {
    const bytes = files.get(ending);
    return bytes ? [new File([bytes as Uint8Array<ArrayBuffer>], `${base}.${ending}`)] : [];
  });
}
