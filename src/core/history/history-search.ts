/** What of an item a search goes through; a `JobView` has all of it. */
interface Searchable {
  title: string;
  excerpt: string;
  customer: string;
  company: string;
  target: string;
  pageUrl: string | null;
  state: { name: string; ticketNumber?: string | null };
  files: readonly { name: string }[];
}

/** What a search compares: small letters, without accents. */
export function searchText(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** All that is known of an item, in the form of `searchText`; made once an item, for it takes longer than a comparison. */
export function searchTextOf(item: Searchable): string {
  const { title, excerpt, customer, company, target, pageUrl, state, files } = item;
  const known = [state.ticketNumber ?? '', title, excerpt, customer, company, target, pageUrl ?? ''];
  return searchText([...known, ...files.map(({ name }) => name)].join('\n'));
}

/** Whether every word of a query stands somewhere in the text of an item; an empty query finds all. */
export function matches(textOfItem: string, query: string): boolean {
  return searchText(query)
    .split(/\s+/)
    .every(word => textOfItem.includes(word));
}
