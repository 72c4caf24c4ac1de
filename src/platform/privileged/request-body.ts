import type { JobRequest, ReplyRequest, RequestFile, TicketRequest } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { getBlob } from '../blob-store.ts';
import type { ApiRequest } from './assembly-client.ts';

/**
 * Builds the request of a job, field by field as the vendor's page names them.
 * `id` is the job's `source_specific_id`. Fails with `attachment-missing` when stored bytes are gone:
 * a ticket is never sent without a picture that the person saw in it.
 */
export async function requestOfJob(id: string, request: JobRequest): Promise<Result<ApiRequest>> {
  return request.kind === 'ticket' ? ticket(id, request) : reply(id, request);
}

async function ticket(id: string, request: TicketRequest): Promise<Result<ApiRequest>> {
  const body = new FormData();
  body.append('query', request.query);
  body.append('title', request.title);
  body.append('source_specific_id', id);
  if (request.customer) body.append('user', userJson(request.customer));
  body.append('additional_properties', JSON.stringify(request.additionalProperties));
  body.append('original_timestamp', request.originalTimestamp);
  const images = await storedBytes(request.images);
  if (!images.ok) return images;
  // Encoded here, where it is sent: a base64 text of 4 MB in a message would cost 100 ms more.
  for (const bytes of images.value) body.append('files_base64', bytes.toBase64());
  for (const url of request.imageUrls) body.append('files_image_url', url);
  return ok({
    method: 'POST',
    path: '/interactions',
    body,
    bodySizeBytes: (totalBytes(images.value) / 3) * 4,
  });
}

async function reply(id: string, request: ReplyRequest): Promise<Result<ApiRequest>> {
  const body = new FormData();
  body.append('content', request.content);
  body.append('user', userJson(request.agent));
  body.append('source_specific_id', id);
  body.append('original_timestamp', request.originalTimestamp);
  const files = await storedBytes(request.files);
  if (!files.ok) return files;
  for (const [index, { name, type }] of request.files.entries()) {
    const bytes = files.value[index];
    if (bytes) body.append('files', new Blob([bytes], { type }), name);
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

/** All or nothing: a row that is gone, or whose bytes cannot be read any more, fails the whole. */
async function storedBytes(files: readonly RequestFile[]): Promise<Result<Uint8Array<ArrayBuffer>[]>> {
  const all: Uint8Array<ArrayBuffer>[] = [];
  for (const { blobId } of files) {
    const blob = await getBlob(blobId);
    const bytes = await blob?.arrayBuffer().catch(() => null);
    if (!bytes) return fail({ kind: 'attachment-missing' });
    all.push(new Uint8Array(bytes));
  }
  return ok(all);
}

function totalBytes(files: readonly Uint8Array[]): number {
  return files.reduce((sum, bytes) => sum + bytes.byteLength, 0);
}
