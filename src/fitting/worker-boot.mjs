import { register } from 'tsx/esm/api';

register();
const { default: fitSlot } = await import('./worker.ts');
export default fitSlot;
