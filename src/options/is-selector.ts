/** Whether the browser can read a CSS selector. */
export function isSelector(typed: string): boolean {
  try {
    document.createDocumentFragment().querySelector(typed);
    return true;
  } catch {
    return false;
  }
}
