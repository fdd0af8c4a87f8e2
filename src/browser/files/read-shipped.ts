/** Reads a file that lies beside the page; `path` is relative to it. Undefined if it is missing. */
export async function readShipped(path: string): Promise<Uint8Array | undefined> {
  const response = await fetch(new URL(path, location.href));
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}
