/** What a worker can do that a window can't: the types of the DOM take this for a window. */
const worker = self as unknown as {
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
};

/** Sends a message from a worker to the one that started it. */
export const answer = <T>(message: T, transfer: readonly ArrayBufferLike[] = []): void =>
  worker.postMessage(message, transfer);
