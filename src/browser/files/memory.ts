/** Files of a browser by name: those that were dropped on the page, and those that a fit wrote. */
export const inMemory = new Map<string, Blob | Uint8Array>();

/** Returns the contents of a file in memory; undefined if there is none of that name. */
export async function contentsOf(name: string): Promise<Uint8Array | undefined> {
  const file = inMemory.get(name);
  return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
}
