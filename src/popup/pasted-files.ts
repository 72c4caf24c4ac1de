/** What a paste brings, as far as it matters here. */
export interface Pasted {
  files: readonly File[];
  text: string;
  /** Whether it goes into a field for text. */
  isInField: boolean;
}

/**
 * The files that a paste attaches. Programs put a picture of a copied text beside the text: in a field it is the text
 * that is meant. File managers put the names of copied files beside the files.
 */
export function pastedFiles({ files, text, isInField }: Pasted): File[] {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const isNamesOnly = lines.every(line => files.some(({ name }) => line.trim().endsWith(name)));
  return isInField && !isNamesOnly ? [] : [...files];
}
