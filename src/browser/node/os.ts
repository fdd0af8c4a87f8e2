/** The part of Node's module that a fit uses. */
export const availableParallelism = (): number => navigator.hardwareConcurrency;
