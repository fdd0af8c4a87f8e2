/**
 * The public API of ivim-bench. Importing it loads neither TensorFlow nor Vega, which are loaded when a network or a figure
 * needs them.
 */

// Contracts of plug-ins.
export { cellOf } from './contracts/cell.ts';
export type { Cell, CellPlan, CellResult, Checkpoint, RunContext, Task } from './contracts/cell.ts';
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
export type { ErrorSample, Metric, MetricFamily, Row, Statistic } from './contracts/metric.ts';
export type { Picture } from './contracts/picture.ts';
export type { RunManifest, StoredRun } from './contracts/stored-run.ts';
export type { FitterEntry, Study } from './contracts/study.ts';
export type { Column, Line, Table, TableContent, TableValue, ValueWithInterval } from './contracts/table.ts';
export { allocateEstimates, fail, failedFrom, PARAMETERS, Status } from './contracts/voxels.ts';
export type {
  Estimates,
  LabelledSignals,
  ParameterName,
  Parameters,
  Signals,
  StatusCode,
} from './contracts/voxels.ts';

// Plug-ins by name or path.
export { fitterNames, loadFitter, loadMetric, metricNames, protocolNames } from './plugins/discover.ts';
export { metricsOf } from './plugins/metrics-of.ts';
export type { Plugin } from './plugins/discover.ts';
export { readProtocol } from './config/read-protocol.ts';

// Fitting, as runs do it: with checks of what the fitter needs, on voxels that it may not change.
export { prepare as prepareFitter } from './preparation/prepare.ts';
export type { Preparation, Prepared } from './preparation/prepare.ts';
export { fitVoxels } from './preparation/fit-voxels.ts';

// Conformance: what the contract requires of a fitter, as checks for a plug-in's own tests.
export { conformanceChecks } from './conformance/checks.ts';
export type { Check } from './conformance/checks.ts';

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
