/**
 * The fitter no other can beat on average: the posterior mean under the simulation's own prior with the noise level
 * known. It is drawn as the floor under every curve and takes no part in who is best.
 */
export const FLOOR = 'mmse';
