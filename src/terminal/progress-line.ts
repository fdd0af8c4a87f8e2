/** `45 % simulating sub-01` */
export const progressLine = (done: number, message: string): string =>
  `${Math.floor(100 * done)} % ${message}`;
