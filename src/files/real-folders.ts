import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { isLink } from './reason.ts';

/**
 * Refuses to write below a folder through a symbolic link: whoever made the folder would decide where files are replaced.
 * @param path with `/` between its parts, relative to the folder, which itself may be a link
 * @throws InputError naming the first part that is a link; parts that are not there yet are fine
 */
export function refuseLinks(folder: string, path: string): void {
  let at = folder;
  for (const part of path.split('/')) {
    at = join(at, part);
    if (isLink(at))
      throw new InputError(
        `cannot write to ${at}: it is a symbolic link, which may lead anywhere; remove it`,
      );
  }
}
