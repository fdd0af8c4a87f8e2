/** The bytes of a WebAssembly module, which `scripts/build-page.mjs` puts into the bundle. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
