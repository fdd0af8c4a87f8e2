import { loader, type Loader } from 'vega';

/** What is inside a specification or its page. */
const EMBEDDED = /^(data|blob):/i;

/**
 * Vega's loader, for specifications that have all their data inside: it fetches nothing, neither over the network nor from a file.
 * @param refused receives the first address that something was to be loaded from
 */
export function embeddedData(refused: (address: string) => void): Loader {
  const usual = loader();
  return {
    ...usual,
    async load(address, options) {
      if (EMBEDDED.test(address)) return usual.load(address, options);
      refused(address);
      return '[]';
    },
  };
}

/** The first address of an image in a drawing that whoever opens the drawing would fetch. */
export const fetchedImage = (svg: string): string | undefined =>
  [...svg.matchAll(/<image\b[^>]*?\b(?:xlink:)?href="([^"]*)"/g)]
    .map(([, address]) => address)
    .find((address) => !EMBEDDED.test(address));
