import { pageDetailNames } from './draft.ts';

/** A property of a ticket beside the page details, as a recipe filled it in; it can be switched off before sending. */
export interface DraftProperty {
  /** snake_case, for `additional_properties`. */
  name: string;
  value: string;
  isSent: boolean;
}

const propertyName = /^[a-z][a-z0-9_]{0,59}$/;

/** What a ticket says of itself under these names is ours, and not a page's. */
const ownNames: ReadonlySet<string> = new Set([...pageDetailNames, 'category', 'extension_version']);

/** Whether a recipe may fill a property of this name. */
export function isPropertyName(name: string): boolean {
  return propertyName.test(name) && !ownNames.has(name) && !(name in {});
}
