import type { Test } from 'uvu';

/** Makes a folder that of temporary files for the programs that a suite starts, until its end. */
export function temporaryFolder(test: Test, folder: string): void {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  test.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}
