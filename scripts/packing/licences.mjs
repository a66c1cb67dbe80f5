import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { licenceFault } from './licence-rules.mjs';

const RULE = '─'.repeat(80);

/** @typedef {import('./foundations.mjs').Foundation | import('./packed-packages.mjs').Package} Part */

/**
 * The licences of everything that is in the packed app, as one text: first the list, then each text once with those that it holds for.
 * @param {readonly Part[]} parts
 * @param {string} apache the Apache License 2.0, for those that name it and bring no text
 * @throws Error if a licence does not allow that, or lacks
 */
export function licencesOf(parts, apache) {
  /** @type {Map<string, Part[]>} */
  const texts = new Map();
  for (const part of parts) {
    const fault = licenceFault(part);
    if (fault !== null)
      throw new Error(`${fault} It is not packed: scripts/packing/licence-rules.mjs.`);
    const own =
      part.texts.length > 0 || !part.license.includes('Apache-2.0') ? part.texts : [apache];
    if (own.length === 0)
      throw new Error(`${nameOf(part)} is packed without the text of its licence.`);
    for (const text of own) texts.set(text, [...(texts.get(text) ?? []), part]);
  }
  return [
    'Firstlayer, and what it is made of',
    RULE,
    readFileSync(join(root, 'LICENSE'), 'utf8').trim(),
    RULE,
    parts
      .map(
        (part) =>
          `${nameOf(part)}: ${part.license}${part.source === null ? '' : `, ${part.source}`}`,
      )
      .join('\n'),
    ...[...texts].flatMap(([text, those]) => [
      RULE,
      `${those.map(nameOf).join(', ')}:`,
      text.replaceAll('\r\n', '\n'),
    ]),
    '',
  ].join('\n\n');
}

/** @param {Part} part */
const nameOf = ({ name, version }) => `${name} ${version}`;
