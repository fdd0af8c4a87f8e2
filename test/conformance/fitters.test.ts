import { fitterNames, loadFitter } from '../../src/plugins/discover.ts';
import { conformance } from './suite.ts';

const fitters = await Promise.all(fitterNames().map((name) => loadFitter(name)));
for (const { name, value } of fitters) conformance(value, name);
