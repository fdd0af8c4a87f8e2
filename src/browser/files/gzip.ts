/** Compresses bytes in gzip format. */
export async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The browser's message about data that are cut short, which end without an error here. */
const CUT_SHORT = /truncated|unexpected end|incomplete/i;

/**
 * Decompresses gzip data chunk by chunk, as far as it goes: data that are cut short end without an error.
 * @throws Error if the data are damaged
 */
export async function* gunzipped(stored: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = new Blob([stored as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (!CUT_SHORT.test(String(error))) throw error;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
