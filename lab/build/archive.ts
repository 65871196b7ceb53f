import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../machine/run.ts';

export interface Image {
  name: string;
  /** The container runtime refuses an image without one, even for the pause container. */
  entrypoint: string;
}

/** Writes a folder as an OCI image archive, as `ctr images import` reads it. No registry, no container tool. */
export async function writeArchive(image: Image, rootfs: string, file: string): Promise<void> {
  const work = await mkdtemp(`${file}.`);
  await mkdir(join(work, 'blobs/sha256'), { recursive: true });
  const layer = await layerBlob(work, rootfs);
  const config = await jsonBlob(work, {
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/bin:/sbin:/usr/bin:/usr/sbin'], Entrypoint: [image.entrypoint], WorkingDir: '/' },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = await jsonBlob(work, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
  });
  const annotations = {
    'io.containerd.image.name': image.name,
    'org.opencontainers.image.ref.name': image.name.split(':').at(-1),
  };
  await writeFile(join(work, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(
    join(work, 'index.json'),
    JSON.stringify({
      schemaVersion: 2,
      manifests: [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest, annotations }],
    }),
  );
  await must(['tar', '-C', work, '-cf', file, 'oci-layout', 'index.json', 'blobs']);
  await rm(work, { recursive: true });
}

interface Blob {
  digest: string;
  size: number;
}

async function layerBlob(work: string, rootfs: string): Promise<Blob> {
  const tar = join(work, 'layer.tar');
  await must([
    'tar',
    '-C',
    rootfs,
    '--sort=name',
    '--mtime=@0',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '-cf',
    tar,
    '.',
  ]);
  const bytes = await readFile(tar);
  const digest = sha256(bytes);
  await rename(tar, blobPath(work, digest));
  return { digest, size: bytes.length };
}

async function jsonBlob(work: string, value: object): Promise<Blob> {
  const text = JSON.stringify(value);
  const digest = sha256(text);
  await writeFile(blobPath(work, digest), text);
  return { digest, size: Buffer.byteLength(text) };
}

const sha256 = (data: string | Buffer) => `sha256:${createHash('sha256').update(data).digest('hex')}`;
const blobPath = (work: string, digest: string) => join(work, 'blobs', digest.replace(':', '/'));
