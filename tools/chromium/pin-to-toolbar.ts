import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts the extension's button beside the address, out from behind the puzzle piece. To be done to a new profile, before its first start. */
export async function pinToToolbar(profilePath: string, extensionPath: string): Promise<void> {
  const folder = join(profilePath, 'Default');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'Preferences'),
    JSON.stringify({ extensions: { pinned_extensions: [idOfFolder(extensionPath)] } }),
  );
}

/** Chromium derives an unpacked extension's id from its folder: half of the path's SHA-256, with a to p for the hexadecimal digits. */
function idOfFolder(path: string): string {
  const digits = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return digits.replaceAll(/./g, digit => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16)));
}
