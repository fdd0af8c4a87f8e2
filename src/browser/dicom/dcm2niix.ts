import { InputError } from '../../contracts/input-error.ts';
import type { Dcm2niix } from '../../dicom/dcm2niix.ts';

interface Options {
  readonly locateFile: (file: string) => string;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

/** Starts the program that lies beside the page; see `src/dicom/dcm2niix.ts`. */
export async function startDcm2niix(print: (line: string) => void): Promise<Dcm2niix> {
  const at = (file: string) => new URL(`dicom/${file}`, location.href).href;
  const loaded = (await import(at('dcm2niix.jpeg.js')).catch((error: unknown) => {
    throw new InputError(
      'DICOM is converted with dcm2niix, which this page was built without; drop a .nii or .nii.gz image with its .bval file',
      { cause: error },
    );
  })) as { default: (options: Options) => Promise<Dcm2niix> };
  return loaded.default({ locateFile: at, print, printErr: print });
}
