/**
 * The company that a ticket is for. It routes the ticket to a team's inbox. `by` says which of Assembly's two fields
 * names it: its own id (a UUID), or the id that the organisation gave it.
 */
export interface Company {
  by: 'id' | 'source_specific_id';
  value: string;
  /** What a person calls it; it is shown and not sent. */
  name: string;
}
