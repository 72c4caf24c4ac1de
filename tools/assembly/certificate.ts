import { generate } from 'selfsigned';

/** A throw-away key pair, kept in memory only. */
export interface Certificate {
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** Signs itself, so a client can also trust it by `ca: certificatePem`. Valid for a day, for the vendor's host and this machine. */
export async function createCertificate(): Promise<Certificate> {
  const dayMs = 24 * 60 * 60 * 1000;
  const pair = await generate([{ name: 'commonName', value: 'api.wavelength.cx' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // An hour back, for a client whose clock is a little behind.
    notBeforeDate: new Date(Date.now() - dayMs / 24),
    notAfterDate: new Date(Date.now() + dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'api.wavelength.cx' },
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { keyPem: pair.private, certificatePem: pair.cert };
}
