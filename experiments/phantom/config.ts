import { SimulatedKeys, type SimulatedConfig } from '../simulated/config.ts';

/** What YAML says of a phantom experiment: its noise levels and fitters are all its factors. */
export const phantomSchema = SimulatedKeys;
export type PhantomConfig = SimulatedConfig;
