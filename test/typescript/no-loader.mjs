/** In place of tsx's: TypeScript is read already. */
export const register = () => undefined;
