import { coverage } from './intervals/coverage.ts';

export default coverage(0.8);
