import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';

/** The program dcm2niix as compiled by Emscripten: a command line over files in memory, which sees no other file. */
export interface Dcm2niix {
  readonly FS: {
    mkdir(path: string): void;
    writeFile(path: string, contents: Uint8Array, options?: { readonly canOwn?: boolean }): void;
    readdir(path: string): string[];
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
  };
  /** Runs the program. Returns its exit code; a fault of the program is thrown. */
  callMain(words: string[]): number;
}

/** The part of Emscripten's options that is used here. */
interface Options {
  readonly wasmBinary: Uint8Array;
  readonly locateFile: (file: string) => string;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

const PACKAGE = '@niivue/dcm2niix';
/** With the decoders of JPEG 2000 and JPEG-LS. */
const PROGRAM = 'dcm2niix.jpeg';

/**
 * Starts the program of the package `@niivue/dcm2niix`.
 * @param print receives the lines that it prints
 * @param from where the package is looked for: a file, in whose folder or above it is installed
 * @throws InputError if the package is not installed
 */
export async function startDcm2niix(
  print: (line: string) => void,
  from: string | URL = import.meta.url,
): Promise<Dcm2niix> {
  const folders = createRequire(from).resolve.paths(PACKAGE) ?? [];
  const dist = folders.map((folder) => join(folder, PACKAGE, 'dist')).find((folder) => existsSync(folder));
  if (dist === undefined) {
    throw new InputError(
      `DICOM is converted with the package ${PACKAGE}, which is not installed; npm install ${PACKAGE} in the folder of ivim-bench installs it`,
    );
  }
  // The package does not say that its files are modules, which Node before 20.19 has to know: from its text they are.
  const text = await readFile(join(dist, `${PROGRAM}.js`), 'base64');
  const { default: start } = (await import(`data:text/javascript;base64,${text}`)) as {
    default: (options: Options) => Promise<Dcm2niix>;
  };
  const program = await start({
    wasmBinary: await readFile(join(dist, `${PROGRAM}.wasm`)),
    locateFile: (file) => file,
    print,
    printErr: print,
  });
  return {
    FS: program.FS,
    callMain(words) {
      const { exitCode } = process;
      try {
        return program.callMain(words);
      } finally {
        // The program sets it for this process.
        process.exitCode = exitCode;
      }
    },
  };
}
