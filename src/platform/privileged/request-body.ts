import type { JobRequest, ReplyRequest, RequestFile, TicketRequest } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { readIntactBlob } from '../blob-store.ts';
import type { ApiRequest } from './assembly-client.ts';

/** A request with a multipart body. */
export type FormRequest = ApiRequest & { body: FormData };

/** A ticket names its company by one of these, never by both. */
const companyField = { id: 'company_id', source_specific_id: 'company_source_specific_id' } as const;

/**
 * Builds the request of a job, field by field as the vendor's page names them.
 * `id` is the job's `source_specific_id`. Fails with `attachment-missing` or
 * `attachment-altered` when the stored bytes are gone or are others: a ticket is never sent without a picture that
 * the person saw in it, nor with another one.
 */
export async function requestOfJob(id: string, request: JobRequest): Promise<Result<FormRequest>> {
  return request.kind === 'ticket' ? ticket(id, request) : reply(id, request);
}

async function ticket(id: string, request: TicketRequest): Promise<Result<FormRequest>> {
  const body = new FormData();
  body.append('query', request.query);
  body.append('title', request.title);
  body.append('source_specific_id', id);
  if (request.customer) body.append('user', userJson(request.customer));
  if (request.company) body.append(companyField[request.company.by], request.company.value);
  body.append('additional_properties', JSON.stringify(request.additionalProperties));
  body.append('original_timestamp', request.originalTimestamp);
  const images = await intactBlobs(request.images);
  if (!images.ok) return images;
  for (const blob of images.value) {
    // Encoded here, where it is sent: a base64 text of 4 MB in a message would cost 100 ms more.
    body.append('files_base64', new Uint8Array(await blob.arrayBuffer()).toBase64());
  }
  for (const url of request.imageUrls) body.append('files_image_url', url);
  return ok({
    method: 'POST',
    path: '/interactions',
    body,
    bodySizeBytes: (totalBytes(images.value) / 3) * 4,
  });
}

async function reply(id: string, request: ReplyRequest): Promise<Result<FormRequest>> {
  const body = new FormData();
  body.append('content', request.content);
  body.append('user', userJson(request.agent));
  body.append('source_specific_id', id);
  body.append('original_timestamp', request.originalTimestamp);
  const files = await intactBlobs(request.files);
  if (!files.ok) return files;
  for (const [index, { name, type }] of request.files.entries()) {
    const blob = files.value[index];
    if (blob) body.append('files', new Blob([blob], { type }), name);
  }
  // The receiver splits at commas; one inside an address is written so that it means the same there.
  const urls = request.imageUrls.map(url => url.replaceAll(',', '%2C'));
  if (urls.length > 0) body.append('files_image_url', urls.join(','));
  const query = new URLSearchParams({ [request.target.parameter]: request.target.value });
  return ok({
    method: 'POST',
    path: `/interactions/reply?${query}`,
    body,
    bodySizeBytes: totalBytes(files.value),
  });
}

function userJson({ email, name }: { email: string; name: string }): string {
  return JSON.stringify(name === '' ? { email } : { email, name });
}

/** All or nothing: a row that is gone, or whose bytes are not what was stored, fails the whole. */
async function intactBlobs(files: readonly RequestFile[]): Promise<Result<Blob[]>> {
  const all: Blob[] = [];
  for (const { blobId } of files) {
    const blob = await readIntactBlob(blobId);
    if (blob === 'missing') return fail({ kind: 'attachment-missing' });
    if (blob === 'altered') return fail({ kind: 'attachment-altered' });
    all.push(blob);
  }
  return ok(all);
}

function totalBytes(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}
