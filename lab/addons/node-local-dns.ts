import type { Addon } from './addon.ts';

export const nodeLocalDns: Addon = { install: () => Promise.reject(new Error('node-local-dns is being built')) };
