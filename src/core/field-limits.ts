/**
 * The longest text of each short field, in UTF-16 units: what a form takes and what is stored. A draft's body
 * has `bodyLimitCharacters`.
 */
export const fieldLimitsCharacters = {
  title: 1_000,
  category: 200,
  customerEmail: 320,
  customerName: 200,
  companyText: 300,
  companyId: 500,
  propertyName: 60,
  propertyValue: 1_000,
  templateName: 100,
  templateBody: 20_000,
  site: 300,
  selector: 500,
  attribute: 100,
  replyTarget: 2_000,
  agentEmail: 320,
  agentName: 200,
  fileName: 200,
  fileType: 200,
} as const;
