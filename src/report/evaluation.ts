/** How Vega evaluates the expressions of a specification: as functions made of their text, its default. */
export const evaluation: {
  readonly parse: { readonly ast?: boolean };
  readonly view: { readonly expr?: unknown };
} = {
  parse: {},
  view: {},
};
