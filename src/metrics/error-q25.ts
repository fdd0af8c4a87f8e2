import { errorQuantile } from './weighted/error-quantile.ts';

export default errorQuantile(0.25);
