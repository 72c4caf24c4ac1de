/**
 * The longest text of each short field, in UTF-16 units: what a form takes and what is stored. A draft's body
 * has `bodyLimitCharacters`.
 */
export const fieldLimitsCharacters = {
  title: 1_000,
  category: 200,
  customerEmail: 320,
  customerName: 200,
  replyTarget: 2_000,
  agentEmail: 320,
  agentName: 200,
  fileName: 200,
} as const;
