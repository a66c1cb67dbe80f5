import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './folders.ts';

/** After each file of tests, whatever it made. */
afterAll(removeTemporaryFolders);
