import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CannotLook } from '../../domain/cannot-look.js';

export interface BodyLimits {
  readonly gzip: boolean;
  /** Bytes after decompression. */
  readonly cap: number;
  /** Told about every chunk as it came over the wire. */
  readonly received: (bytes: number) => void;
}

const tooMuch = (cap: number) =>
  new CannotLook(
    'capped',
    `The answer of the API server is larger than ${Math.floor(cap / (1 << 20)) || 1} MiB and was not read to its end.`,
  );

/** A whole body as text. Rejects with the error of the stream, or with `CannotLook` (`capped`). */
export const readBody = (body: Readable, { gzip, cap, received }: BodyLimits) =>
  new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const plain: Readable = gzip ? body.pipe(createGunzip()) : body;
    const fail = (error: unknown) => {
      reject(error);
      body.destroy();
      plain.destroy();
    };
    body.on('data', (chunk: Buffer) => received(chunk.length));
    body.on('error', fail);
    plain.on('error', fail);
    plain.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > cap) return fail(tooMuch(cap));
      chunks.push(chunk);
    });
    plain.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
