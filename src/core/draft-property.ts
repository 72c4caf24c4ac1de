/** A property of a ticket beside the page details, as a recipe filled it in; it can be switched off before sending. */
export interface DraftProperty {
  /** snake_case, for `additional_properties`. */
  name: string;
  value: string;
  isSent: boolean;
}
