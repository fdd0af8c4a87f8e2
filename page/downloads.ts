import { zipSync } from 'fflate';

/** Has the browser save a file. */
export function saveFile(
  name: string,
  contents: Uint8Array | string,
  type = 'application/octet-stream',
): void {
  const address = URL.createObjectURL(new Blob([contents as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Safari reads it only later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Puts files into an archive as they are: images are compressed already. */
export const zipped = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(files), { level: 0 });
