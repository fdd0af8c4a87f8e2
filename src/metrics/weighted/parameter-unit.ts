export { quantityUnit as parameterUnit } from '../../measures/quantities.ts';
