/** `1 cell`, `3 cells`: a number with its noun. */
export const counted = (n: number, noun: string, nouns = `${noun}s`): string =>
  `${n} ${oneOrMore(n, noun, nouns)}`;

/** The word that goes with a number, as in `1 is missing`, `3 are missing`. */
export const oneOrMore = (n: number, one: string, more: string): string => (n === 1 ? one : more);
