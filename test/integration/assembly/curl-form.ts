/** One `-F`: text, or a file as `@name` sends it. */
export type CurlField = readonly [name: string, value: string | CurlFile];

export interface CurlFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface EncodedForm {
  readonly contentType: string;
  readonly body: Buffer;
}

/** The bytes that `curl -F` sends. With `-H "Content-Type: multipart/form-data"` curl still adds its boundary to it. */
export function encodeLikeCurl(fields: readonly CurlField[]): EncodedForm {
  const boundary = '------------------------0123456789abcdef';
  const chunks = fields.flatMap(([name, value]) => {
    const start = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
    if (typeof value === 'string') return [Buffer.from(`${start}\r\n\r\n${value}\r\n`)];
    const head = `${start}; filename="${value.filename}"\r\nContent-Type: ${value.contentType}\r\n\r\n`;
    return [Buffer.from(head), value.bytes, Buffer.from('\r\n')];
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** The bytes that a browser's `fetch` sends for a FormData. */
export async function encodeLikeBrowser(form: FormData): Promise<EncodedForm> {
  const response = new Response(form);
  return {
    contentType: response.headers.get('content-type') ?? '',
    body: Buffer.from(await response.arrayBuffer()),
  };
}
