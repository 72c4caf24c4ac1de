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
  if (request.customer) {
    body.append('user', userJson(request.customer));
  }
  body.append('additional_properties', JSON.stringify(request.additionalProperties));
  body.append('original_timestamp', request.originalTimestamp);
  for (const image of request.images) {
    const blob = await getBlob(image.blobId);
    if (!blob) return fail({ kind: 'attachment-missing' });
    // Encoded here, where it is sent: a base64 text of 4 MB in a message would cost 100 ms more.
    body.append('files_base64', new Uint8Array(await blob.arrayBuffer()).toBase64());
  }
  for (const url of request.imageUrls) body.append('files_image_url', url);
  return ok({ method: 'POST', path: '/interactions', body });
}

async function reply(id: string, request: ReplyRequest): Promise<Result<ApiRequest>> {
  const body = new FormData();
  body.append('content', request.content);
  body.append('user', userJson(request.agent));
  body.append('source_specific_id', id);
  body.append('original_timestamp', request.originalTimestamp);
  for (const file of request.files) {
    const blob = await storedFile(file);
    if (!blob) return fail({ kind: 'attachment-missing' });
    body.append('files', blob, file.name);
  }
  if (request.imageUrls.length > 0) body.append('files_image_url', request.imageUrls.join(','));
  const query = new URLSearchParams({ [request.target.parameter]: request.target.value });
  return ok({ method: 'POST', path: `/interactions/reply?${query}`, body });
}

function userJson({ email, name }: { email: string; name: string }): string {
  return JSON.stringify(name === '' ? { email } : { email, name });
}

async function storedFile(file: RequestFile): Promise<Blob | null> {
  const blob = await getBlob(file.blobId);
  return blob && (blob.type === file.type ? blob : new Blob([blob], { type: file.type }));
}
