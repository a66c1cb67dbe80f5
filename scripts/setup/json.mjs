import { readFileSync } from 'node:fs';

/** Like JSON.parse, but returns `unknown`, so that the caller says what it expects. @param {string} text @returns {unknown} */
export const parseJson = (text) => JSON.parse(text);

/** @param {string} file */
export const readJson = (file) => parseJson(readFileSync(file, 'utf8'));
