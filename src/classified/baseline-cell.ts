import type { Task } from '../contracts/cell.ts';
import type { RowSubject } from './rows.ts';
import type { SplitInput } from './train-cell.ts';

/** A classifier without a network, on the cases of one split. */
export interface BaselineInput {
  readonly about: RowSubject;
  readonly baseline: BaselineName;
  readonly positiveFrom: number;
  readonly split: SplitInput;
  readonly population: boolean;
}

export const BASELINES = { 'mean-adc': 'mean ADC', 'logistic-regression': 'logistic regression' } as const;
export type BaselineName = keyof typeof BASELINES;

export const baseline: Task<BaselineInput> = {
  module: import.meta.url,
  name: 'baseline',
  run: () => Promise.reject(new Error('x')),
};
