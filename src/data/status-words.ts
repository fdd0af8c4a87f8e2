import { Status, type StatusCode } from '../contracts/voxels.ts';

export type StatusWord = keyof typeof Status;

/** The meaning of each status, for readers of the maps. */
export const statusMeanings: Readonly<Record<StatusWord, string>> = {
  converged: 'an estimate',
  atBound: 'an estimate with at least one parameter on its bound',
  fellBack: 'an estimate by a simpler method, since the fitter could not be used on this voxel',
  outOfRange:
    "an estimate from the edge of what the fitter is made for, since the voxel's noise or signals are beyond it",
  poorFit:
    "an estimate whose decay differs from the voxel's signals by more than noise explains (p < 0.001): the model does not hold there",
  fewSamples:
    'an estimate whose sampling error is larger than was asked for, since the samples of its posterior are worth too few independent ones',
  notConverged: 'no estimate: stopped at the iteration limit',
  notFinite: 'no estimate: the signal holds NaN or infinity, or its b=0 mean is not positive',
  background: 'no estimate: outside the mask, or without any signal',
  notFitted: 'no estimate: the fitter wrote nothing for this voxel',
};

const words = new Map<number, StatusWord>(
  (Object.entries(Status) as [StatusWord, StatusCode][]).map(([word, code]) => [code, word]),
);

/** Returns the word of a status code, used in tables and sidecars; an unknown code is written as a number. */
export function statusWord(code: number): string {
  return words.get(code) ?? `status${code}`;
}

/** Returns the legend of the status map: code -> word and meaning. */
export function statusLegend(): Record<string, { word: string; meaning: string }> {
  return Object.fromEntries(
    [...words].map(([code, word]) => [String(code), { word, meaning: statusMeanings[word] }]),
  );
}
