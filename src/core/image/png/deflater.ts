/** Compresses what is written into one zlib stream. */
export interface Deflater {
  /** The bytes may be changed again once this has resolved. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Bytes that have come out so far. */
  sizeBytes(): number;
  /** Ends the stream and answers all of it. */
  end(): Promise<Uint8Array<ArrayBuffer>[]>;
  /** Gives the stream up; what has come out is thrown away. */
  drop(): void;
}

export type OpenDeflater = () => Deflater;
