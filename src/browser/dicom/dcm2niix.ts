import { InputError } from '../../contracts/input-error.ts';
import type { Dcm2niix } from '../../dicom/dcm2niix.ts';
import { readShipped } from '../files/read-shipped.ts';

/** The part of Emscripten's options that is used here. */
interface Options {
  readonly wasmBinary: Uint8Array;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

/** Starts the program that lies beside the page; see `src/dicom/dcm2niix.ts`. */
export async function startDcm2niix(print: (line: string) => void): Promise<Dcm2niix> {
  const wasmBinary = await readShipped('dicom/dcm2niix.jpeg.wasm');
  if (!wasmBinary) {
    throw new InputError(
      'DICOM is converted with dcm2niix, which this page was built without; drop a .nii or .nii.gz image with its .bval file',
    );
  }
  const { default: start } = (await import(new URL('dicom/dcm2niix.jpeg.js', location.href).href)) as {
    default: (options: Options) => Promise<Dcm2niix>;
  };
  return start({ wasmBinary, print, printErr: print });
}
