import { readFileSync } from 'node:fs';

/** As JSON.parse, for a caller that says what it expects. @param {string} text @returns {unknown} */
export const parseJson = (text) => JSON.parse(text);

/** @param {string} file */
export const readJson = (file) => parseJson(readFileSync(file, 'utf8'));
