/** A number as people write it: without the digits that storing it in single precision, or scaled, added. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(6)));
