/** What of an item a search goes through; a `JobView` has all of it. */
interface Searchable {
  title: string;
  excerpt: string;
  customer: string;
  company: string;
  target: string;
  pageUrl: string | null;
  pageTitle: string;
  state: { name: string; ticketNumber?: string | null };
  files: readonly { name: string }[];
}

/** What a search compares: small letters, without accents. */
export function searchText(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** All that is known of an item, in the form of `searchText`; made once an item, for it takes longer than a comparison. */
export function searchTextOf(item: Searchable): string {
  const { title, excerpt, customer, company, target, pageUrl, pageTitle, state, files } = item;
  const known = [
    state.ticketNumber ?? '',
    title,
    excerpt,
    customer,
    company,
    target,
    pageUrl ?? '',
    pageTitle,
  ];
  return searchText([...known, ...files.map(({ name }) => name)].join('\n'));
}

/** The words of a query, in the form of `searchText`; made once a query. */
export function searchWords(query: string): string[] {
  return searchText(query).split(/\s+/).filter(Boolean);
}

/** Whether all of the words stand somewhere in the text of an item; no words find all. */
export function matches(textOfItem: string, words: readonly string[]): boolean {
  return words.every(word => textOfItem.includes(word));
}
