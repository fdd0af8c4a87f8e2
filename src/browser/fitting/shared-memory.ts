/** Memory of this worker alone: browsers share memory only on hosts that isolate the page, so that slots are copied. */
export const sharedMemory = (bytes: number): ArrayBufferLike => new ArrayBuffer(bytes);
