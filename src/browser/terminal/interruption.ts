/** Nothing to do: the page ends the worker of a fit that is cancelled. */
export const endWhenInterrupted = (): (() => void) => () => {};
