import { register } from 'tsx/esm/api';

register();
const { default: drawBatch } = await import('./worker.ts');
export default drawBatch;
