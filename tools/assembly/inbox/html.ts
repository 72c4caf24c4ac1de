/** Markup that is safe to put into a page as it stands. Only `html` makes it. */
export class SafeHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Insert = SafeHtml | string | number | null | false | readonly Insert[];

/** The one place where text becomes markup: every inserted value is escaped, except what `html` made before. */
export function html(literals: TemplateStringsArray, ...inserts: readonly Insert[]): SafeHtml {
  return new SafeHtml(literals.map((literal, index) => literal + toMarkup(inserts[index] ?? null)).join(''));
}

function toMarkup(insert: Insert): string {
  if (insert === null || insert === false) return '';
  if (insert instanceof SafeHtml) return insert.markup;
  if (typeof insert === 'string' || typeof insert === 'number') return escapeText(String(insert));
  return insert.map(toMarkup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Good for text and for values of quoted attributes. */
function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character] ?? '');
}
