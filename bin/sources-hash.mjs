import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Hash of names and contents of everything a build is made from; null where there are no sources, as in an installed
 * package. Contents, not times: a file may be restored with an older date.
 * @param {URL} root folder of the package
 */
export function sourcesHash(root) {
  if (!existsSync(new URL('src/', root))) return null;
  const hash = createHash('sha256');
  for (const folder of ['src/', 'experiments/']) addFolder(hash, new URL(folder, root), folder);
  return hash.digest('hex');
}

function addFolder(hash, folder, name) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // Editors' locks and hidden files are no sources.
    if (entry.name.startsWith('.')) continue;
    const path = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    if (entry.isDirectory()) addFolder(hash, path, `${name}${entry.name}/`);
    else if (existsSync(path)) hash.update(`${name}${entry.name}\n`).update(readFileSync(path));
  }
}
