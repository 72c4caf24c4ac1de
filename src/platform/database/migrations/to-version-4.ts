import type { UpgradeTransaction } from '../schema.ts';

type Fields = Record<string, unknown>;

/**
 * Companies, properties, templates and recipes in drafts; files that are no pictures; what a page's next capture and the
 * history need of a job; a store for what was discarded, and one for what Assembly said of people and companies.
 *
 * Records are changed as loose objects: what is not the shape that version 3 wrote is left as it is, and is put
 * into quarantine by the first look at it.
 */
export async function toVersion4(tx: UpgradeTransaction): Promise<void> {
  const { db } = tx;
  db.createObjectStore('discarded', { keyPath: 'id' });
  db.createObjectStore('directory', { keyPath: 'question' });
  const jobs = tx.objectStore('jobs');
  jobs.createIndex('order', 'job.order');
  jobs.createIndex('pageUrl', 'job.pageUrl');
  jobs.createIndex('textsSince', 'textsSince');
  jobs.createIndex('filesSince', 'filesSince');
  for await (const cursor of tx.objectStore('drafts')) {
    const draft = asFields(cursor.value);
    if (draft?.['version'] !== 3) continue;
    const attachments = draft['attachments'];
    await update(cursor, {
      ...draft,
      version: 4,
      attachments: Array.isArray(attachments) ? attachments.map(attachmentOfVersion4) : attachments,
      companyText: '',
      company: null,
      properties: [],
      template: null,
      recipe: null,
      isFiledNoticeClosed: false,
      putAsideAt: null,
    });
  }
  for await (const cursor of jobs) {
    const row = asFields(cursor.value);
    const job = asFields(row?.['job']);
    const request = asFields(job?.['request']);
    if (!row || !job || !request || job['version'] !== 2) continue;
    const changed = request['kind'] === 'ticket' ? { ...request, company: null } : request;
    const state = asFields(job['state']);
    await update(cursor, {
      ...row,
      ...(state?.['name'] === 'sent' ? { textsSince: state['at'] } : {}),
      job: { ...job, version: 3, request: changed, passages: [], keepsFiles: false },
    });
  }
}

function attachmentOfVersion4(value: unknown): unknown {
  const attachment = asFields(value);
  if (attachment?.['kind'] !== 'image') return value;
  const { sendsFull, ...kept } = attachment;
  const prepared = asFields(kept['prepared']);
  const asPng = (sent: unknown) => {
    const fields = asFields(sent);
    return fields ? { ...fields, type: 'image/png' } : sent;
  };
  return {
    ...kept,
    type: 'image/png',
    followsTicket: sendsFull,
    publicUrl: null,
    prepared: prepared
      ? { ...prepared, ticket: asPng(prepared['ticket']), full: asPng(prepared['full']) }
      : kept['prepared'],
  };
}

/** The present types say nothing of what an old version wrote. */
async function update(cursor: unknown, row: Fields): Promise<void> {
  await (cursor as { update(row: Fields): Promise<void> }).update(row);
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}
