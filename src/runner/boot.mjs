// Worker threads don't inherit the loader for TypeScript: in a checkout this starts it, then the worker proper.
import { register } from 'tsx/esm/api';

// Before tsx looks at every module: its look at zod's hundred files takes longer than loading them.
await import('zod');
register();
const { default: workCell } = await import('./work-cell.ts');
export default workCell;
