import { readField } from './fields/page-field.ts';
import { ownEntries } from './own-entries.ts';

// Injected on a gesture, for a page of a recipe's site only: the newest file wins, the registry stays.
ownEntries().readFields = questions => questions.map(question => readField(document, question));
