import type { PageDetailName } from './draft.ts';

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
