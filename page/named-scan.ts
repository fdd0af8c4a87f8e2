import type { Session } from './session.ts';

/** What lies beside the page: `scan.json`, which `ivim-bench view` fills with the scan named on the command line. */
interface Named {
  /** Addresses of files, relative to the page. */
  readonly files: readonly string[];
  /** Whether the page is on a host of its own, where it may be kept for use without a network. */
  readonly keep: boolean;
}

/** Opens the scan that the page was started with, and keeps the page for use without a network. */
export async function openNamed(session: Session): Promise<void> {
  const response = await fetch(new URL('scan.json', document.baseURI)).catch(() => undefined);
  if (!response?.ok) return;
  const { files, keep } = (await response.json()) as Named;
  if (keep && 'serviceWorker' in navigator)
    await navigator.serviceWorker.register('offline.js', { type: 'module' });
  if (files.length > 0) await session.takeFrom(files);
}
