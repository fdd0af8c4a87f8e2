/**
 * Returns a function that computes something of an object once, and keeps it as long as the object: many metrics need the same errors of a
 * sample. Neither the object nor the result may be changed.
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
