import type { Addon } from './addon.ts';

export const policy: Addon = { install: () => Promise.reject(new Error('policy is being built')) };
