/**
 * What other programs may use of ivim-bench. Importing this loads neither TensorFlow nor Vega; they come when a
 * network or a figure asks for them.
 */

// What a plug-in is made of.
export { cellOf } from './contracts/cell.ts';
export type { Cell, CellResult, Checkpoint, RunContext, Task } from './contracts/cell.ts';
export type { Experiment, Json } from './contracts/experiment.ts';
export type { Figure } from './contracts/figure.ts';
export type {
  Distribution,
  EpochLoss,
  FitTask,
  Fitter,
  Need,
  Training,
  PreparedFitter,
  SavedModel,
  TissuePrior,
} from './contracts/fitter.ts';
export type { Layers, Model, Network, Shape, Tensor } from './contracts/learner.ts';
export { InputError } from './contracts/input-error.ts';
export type { ErrorSample, Metric, Row } from './contracts/metric.ts';
export type { RunManifest, StoredRun } from './contracts/stored-run.ts';
export type { FitterEntry, Study } from './contracts/study.ts';
export type { Table, TableContent } from './contracts/table.ts';
export { allocateEstimates, fail, failedFrom, PARAMETERS, Status } from './contracts/voxels.ts';
export type {
  Estimates,
  LabelledSignals,
  ParameterName,
  Parameters,
  Signals,
  StatusCode,
} from './contracts/voxels.ts';

// What there is.
export { fitterNames, loadFitter, loadMetric, metricNames, protocolNames } from './plugins/discover.ts';
export type { Plugin } from './plugins/discover.ts';
export { readProtocol } from './config/read-protocol.ts';

// Physics and voxels.
export { biexponential } from './signal/biexponential.ts';
export { simulatePhantom } from './data/phantom.ts';
export type { PhantomSettings } from './data/phantom.ts';

// Studies.
export { configJsonSchema } from './config/json-schema.ts';
export { loadConfig } from './config/load-config.ts';
export type { LoadOptions } from './config/load-config.ts';
export { runStudy } from './commands/run-study.ts';
export type { RunOptions, RunOutcome } from './commands/run-study.ts';
export { readStoredRun } from './runner/stored-run.ts';
