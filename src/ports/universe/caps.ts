const MiB = 1024 * 1024;

/**
 * What a universe may hold, in bytes or pieces. A recording of a triage is some hundred KiB; a file of a stranger
 * must not be able to fill the memory (a few KiB of zstd unpack to gigabytes).
 */
export const caps = { archive: 64 * MiB, whole: 128 * MiB, index: 32 * MiB, blob: 64 * MiB, lines: 100_000 } as const;
