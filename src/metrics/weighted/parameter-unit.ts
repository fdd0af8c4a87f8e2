import type { ParameterName } from '../../contracts/voxels.ts';

/** Unit of a parameter, of its errors and of their spread: f is a fraction. */
export const parameterUnit = (parameter: ParameterName): string => (parameter === 'f' ? '' : 'mm²/s');
