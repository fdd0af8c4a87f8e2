/**
 * Computes something of an object once, however many ask for it, and keeps it as long as the object: many metrics are of the same errors
 * of a sample. What is returned may not be changed.
 */
export function oncePer<Of extends WeakKey, Value>(compute: (of: Of) => Value): (of: Of) => Value {
  const kept = new WeakMap<Of, { readonly value: Value }>();
  return (of) => {
    let found = kept.get(of);
    if (!found) {
      found = { value: compute(of) };
      kept.set(of, found);
    }
    return found.value;
  };
}
