import type { ExportedJob } from '../contract/views.ts';
import { type CsvCell, csvOf } from '../core/history/csv.ts';

const columns = [
  'kind',
  'source_specific_id',
  'ticket_number',
  'history_id',
  'state',
  'created_at',
  'sent_at',
  'tries',
  'title',
  'text',
  'reply_to',
  'customer_email',
  'customer_name',
  'company',
  'page_url',
  'files',
  'properties',
] as const satisfies readonly (keyof ExportedJob)[];

/** The items for a program, with when (epoch ms) and by which version they were written. */
export function jsonExport(items: readonly ExportedJob[], exportedAt: number, version: string): string {
  const exported_at = new Date(exportedAt).toISOString();
  return `${JSON.stringify({ exported_at, extension_version: version, items }, null, 2)}\n`;
}

/** The same for a spreadsheet: one column a field, the names of files and the properties as JSON. */
export function csvExport(items: readonly ExportedJob[]): string {
  return csvOf(
    columns,
    items.map(item => columns.map(column => cellOf(item[column]))),
  );
}

function cellOf(value: ExportedJob[(typeof columns)[number]]): CsvCell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
