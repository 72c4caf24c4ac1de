import { oneLine, type PageDetailName } from './draft.ts';

/** What the person has set. Kept in `storage.local`; the key is not among it. */
export interface Settings {
  version: 1;
  agentName: string;
  agentEmail: string;
  /** Choices for a ticket's category; free text, one each. */
  categories: string[];
  /** Page details that new drafts leave out. */
  omittedDetails: PageDetailName[];
}

export const defaultSettings: Settings = {
  version: 1,
  agentName: '',
  agentEmail: '',
  categories: ['Bug', 'Question', 'Feature request', 'Feedback'],
  omittedDetails: [],
};

/** Most categories, and most characters of one. */
export const categoryLimit = 50;
export const categoryLimitCharacters = 200;

/** The categories in a text that has one on each line, without blanks and repeats. `isCut`: not all of it was taken. */
export function categoriesFromText(typed: string): { categories: string[]; isCut: boolean } {
  const lines = new Set(typed.split('\n').map(oneLine).filter(Boolean));
  const categories = [...lines]
    .filter(line => line.length <= categoryLimitCharacters)
    .slice(0, categoryLimit);
  return { categories, isCut: categories.length < lines.size };
}
