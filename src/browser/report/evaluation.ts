import { expressionInterpreter } from 'vega-interpreter';

/** Expressions are interpreted: the page forbids code that is made of text. */
export const evaluation = { parse: { ast: true }, view: { expr: expressionInterpreter } };
