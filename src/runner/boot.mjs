// Worker threads don't inherit the loader for TypeScript: in a checkout this starts it, then the worker proper.
import { register } from 'tsx/esm/api';

register();
const { default: workCell } = await import('./work-cell.ts');
export default workCell;
