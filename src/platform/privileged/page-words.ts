import type { PageWords } from '../../core/redaction/page-words.ts';
import type { PageTarget } from './page-target.ts';
export async function readPageWords(_target: PageTarget): Promise<PageWords | null> {
  return null;
}
