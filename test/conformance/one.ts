/**
 * The conformance suite on fitters of your own:
 *
 *     node --import tsx test/conformance/one.ts ./my-fitter.ts
 */
import { loadFitter } from '../../src/plugins/discover.ts';
import { conformance } from './suite.ts';

const fitters = await Promise.all(process.argv.slice(2).map((path) => loadFitter(path)));
if (fitters.length === 0) throw new Error('name at least one fitter, or the path of one');
for (const { name, value } of fitters) conformance(value, name);
