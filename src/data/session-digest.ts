import { contentHash } from '../files/digest.ts';
import type { CohortSession } from './cohort/cohort.ts';

/**
 * Returns everything that decides the voxels of a session, wherever its files are: the hash of their contents, and the
 * information in their names and tables. Plain data.
 */
export async function sessionDigest(session: CohortSession): Promise<Readonly<Record<string, unknown>>> {
  const { subject, images, drawings, truth, bValues, sigma = null, field = null } = session;
  return {
    subject,
    session: session.session,
    images: await Promise.all(images.map(contentHash)),
    place: [...session.protocol.place],
    bValues: [...bValues],
    sigma,
    field,
    drawings: await Promise.all(
      drawings.map(async ({ reader, maps }) => ({
        reader,
        maps: await Promise.all(
          maps.map(async ({ file, regions }) => ({
            content: await contentHash(file),
            regions: typeof regions === 'string' ? regions : [...regions],
          })),
        ),
      })),
    ),
    truth: await Promise.all(
      Object.entries(truth).map(async ([parameter, file]) => [parameter, await contentHash(file)]),
    ),
  };
}
