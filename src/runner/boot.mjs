// Worker threads don't inherit the TypeScript loader: in a checkout this module starts it, and then the worker itself.
import { register } from 'tsx/esm/api';

// Loaded before tsx, whose hooks would make loading zod's hundred files slower.
await import('zod');
register();
const { default: workCell } = await import('./work-cell.ts');
export default workCell;
