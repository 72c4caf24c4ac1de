import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Chromium counts zoom in levels, each 1.2 times the one before. */
const levelFactor = 1.2;
/** The key of the profile's own pages, beside which apps may have theirs. */
const ownPartition = 'x';

/**
 * Sets the page zoom of the browser's settings, which popups follow too (a zoom for the extension's pages alone they do
 * not). `factor` is 2 for 200 %. To be done to a new profile, before its first start.
 */
export async function setPageZoom(profilePath: string, factor: number): Promise<void> {
  const folder = join(profilePath, 'Default');
  await mkdir(folder, { recursive: true });
  const level = Math.log(factor) / Math.log(levelFactor);
  await writeFile(
    join(folder, 'Preferences'),
    JSON.stringify({ partition: { default_zoom_level: { [ownPartition]: level } } }),
  );
}
