import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PO from 'pofile';
import { root } from '../setup/places.mjs';
import { messagesOf } from './messages.mjs';
import { partsOf } from './replace.mjs';
import { isRead } from './which.mjs';

/**
 * Catalogues of translations: one PO file for each language but English, whose texts are in the sources themselves.
 * @typedef {import('./messages.mjs').Message} Message
 * @typedef {InstanceType<typeof PO.Item>} Item
 */

/** @param {string} language */
export const fileOf = (language) => join(root, 'shared/locales', `${language}.po`);

/** Languages other than English. */
export const translations = () =>
  readdirSync(join(root, 'shared/locales')).flatMap((name) => /^(\w+)\.po$/.exec(name)?.[1] ?? []);

/** A message's identity; of a plural, whose first form may also be a text of its own, with both forms. @param {Pick<Message, 'text' | 'many'>} message */
export const keyOf = ({ text, many }) => (many === undefined ? text : `${text}\u0000${many}`);

/** @param {Item} item */
const keyOfItem = ({ msgid, msgid_plural: many }) => keyOf({ text: msgid, ...(many && { many }) });

/** In a catalogue the context is the many of a plural, or the one source that a translation holds for. */
const contextOf = (/** @type {Item} */ { msgctxt, msgid_plural: many }) =>
  msgctxt && msgctxt !== many ? msgctxt : undefined;

/** @param {string} language */
export function readCatalogue(language) {
  const file = fileOf(language);
  const po = existsSync(file) ? PO.parse(readFileSync(file, 'utf8')) : new PO();
  /** @type {Map<string, Item>} */
  const items = new Map();
  for (const item of po.items) items.set(`${contextOf(item) ?? ''}\u0004${keyOfItem(item)}`, item);
  /** @param {Message} message @param {string} source */
  const find = (message, source) => {
    const key = keyOf(message);
    const own = items.get(`${source}\u0004${key}`);
    const item = own ?? items.get(`\u0004${key}`);
    return item && { item, key: own ? `${source}\u0004${key}` : key };
  };
  return { po, items, find };
}

/** @param {Item} item whether every form is there */
export const isTranslated = ({ msgid_plural: many, msgstr }) =>
  msgstr.length === (many ? 2 : 1) && msgstr.every((text) => text !== '');

/** All messages of all sources. @returns {{ source: string, message: Message, code: string }[]} */
export function allMessages() {
  return ['main', 'shared', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter(isRead)
      .sort()
      .flatMap((source) => {
        const code = readFileSync(join(root, source), 'utf8');
        return messagesOf(code, source)
          .filter(({ kind }) => kind !== 'getter')
          .map((message) => ({ source, message, code }));
      }),
  );
}

/** What is put into a text, for whoever translates it. @param {string} code @param {Message} message */
function explained(code, { args, tags }) {
  const shown = (/** @type {{ start: number, end: number }} */ { start, end }) =>
    code.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 60);
  return [
    ...args.map((arg, k) => `{${k}} ${shown(arg).replace(/^\{(.*)\}$/, '$1')}`),
    ...tags.map(({ open }, k) => `<${k}> ${shown(open)}`),
  ];
}

/** The catalogue with the messages that there are now. @param {string} language */
export function updated(language) {
  const { po, items: byKey, find } = readCatalogue(language);
  /** @type {Set<Item>} */
  const items = new Set();
  /** @type {Map<Item, Set<string>>} */
  const sources = new Map();
  for (const { source, message, code } of allMessages()) {
    let item = find(message, source)?.item;
    if (!item) {
      item = new PO.Item();
      item.msgid = message.text;
      if (message.many !== undefined) {
        item.msgid_plural = message.many;
        item.msgctxt = message.many;
      }
      item.msgstr = message.many === undefined ? [''] : ['', ''];
      byKey.set(`\u0004${keyOf(message)}`, item);
    }
    if (!items.has(item)) item.extractedComments = explained(code, message);
    items.add(item);
    sources.set(item, (sources.get(item) ?? new Set()).add(source));
  }
  for (const [item, all] of sources) item.references = [...all].slice(0, 3);
  const dropped = po.items.filter((item) => !items.has(item));
  po.headers = {
    Language: language,
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Transfer-Encoding': '8bit',
    'Plural-Forms': 'nplurals=2; plural=(n != 1);',
  };
  po.items = [...items];
  return { po, dropped };
}

/** @param {string} language @param {InstanceType<typeof PO>} po */
export const writeCatalogue = (language, po) =>
  writeFileSync(fileOf(language), `${po.toString().trim()}\n`);

/** What is wrong with a translation; empty if nothing is. @param {Item} item @returns {string[]} */
export function faultsOf({ msgid, msgid_plural: many, msgstr, flags }) {
  const marks = (/** @type {string} */ text) =>
    partsOf(text)
      .filter((_part, k) => k % 2 === 1)
      .sort()
      .join(' ');
  const ends = (/** @type {string} */ text) =>
    `${/^\s*/.exec(text)?.[0]}|${/\s*$/.exec(text)?.[0]}`;
  const of = many ? [msgid, many] : [msgid];
  return [
    ...(flags.fuzzy ? ['is marked as fuzzy'] : []),
    ...(msgstr.length === of.length ? [] : [`has ${msgstr.length} forms instead of ${of.length}`]),
    ...of.flatMap((text, k) => {
      const other = msgstr[k] ?? '';
      if (other === '') return [];
      return [
        ...(marks(other) === marks(text)
          ? []
          : [`has “${marks(other)}” where the English has “${marks(text)}”`]),
        ...(ends(other) === ends(text) ? [] : ['begins or ends with other spaces']),
      ];
    }),
  ];
}
