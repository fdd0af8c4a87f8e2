/** Returns a function that yields now and then during long work, so that progress is drawn and stop signals are handled. */
export function pauser(): () => Promise<void> {
  let since = Date.now();
  return async () => {
    if (Date.now() - since < 50) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = Date.now();
  };
}
