import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './answer.ts';

/** A part without a file name. */
export interface TextPart {
  readonly kind: 'text';
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A part with a file name (or of type application/octet-stream). */
export interface FilePart {
  readonly kind: 'file';
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export type Part = TextPart | FilePart;

/** Past these sizes a part is cut: one byte more than any limit that the routes check. */
export const multipartLimits = { fieldSize: 8_000_000, fileSize: 32_000_001, fieldNameSize: 200 };

/** Hex SHA-256 of bytes or UTF-8 text. */
export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * Reads the whole body. Parts come in the order in which they were sent.
 *
 * @throws Refusal 400 for a body that is not multipart, is cut short, or has an overlong text field
 */
export async function readParts(request: FastifyRequest): Promise<Part[]> {
  if (!request.isMultipart()) throw new Refusal(400, 'request must be multipart/form-data');
  const parts: Part[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        const { filename, mimetype: contentType } = part;
        const size = { sizeBytes: bytes.length, sha256: sha256(bytes) };
        parts.push({ kind: 'file', name: part.fieldname, filename, contentType, bytes, ...size });
      } else {
        if (part.fieldnameTruncated || part.valueTruncated) {
          throw new Refusal(400, `${part.fieldname} is too long`);
        }
        // A part of type application/json arrives parsed.
        const text = typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
        const size = { sizeBytes: Buffer.byteLength(text), sha256: sha256(text) };
        parts.push({ kind: 'text', name: part.fieldname, contentType: part.mimetype, text, ...size });
      }
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(400, `couldn't read the multipart body: ${why}`);
  }
  return parts;
}

/** A hash of what the body says, whatever the boundary was. */
export function hashParts(parts: readonly Part[]): string {
  const canonical = parts.map(part => [
    part.kind,
    part.name,
    part.kind === 'file' ? part.filename : null,
    part.contentType,
    part.sha256,
  ]);
  return sha256(JSON.stringify(canonical));
}

/** The text of a field; null when it was not sent as text. */
export function textOf(parts: readonly Part[], name: string): string | null {
  const part = parts.find(one => one.name === name);
  return part?.kind === 'text' ? part.text : null;
}
