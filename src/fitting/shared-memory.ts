/** Allocates memory for slots that several threads use. */
export const sharedMemory = (bytes: number): ArrayBufferLike => new SharedArrayBuffer(bytes);
