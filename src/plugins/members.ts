/** An object of a plug-in, whose members may be anything. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is an object with named members, rather than a list, a Map or a promise. */
export const hasMembers = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Map) &&
  !(value instanceof Promise);
