import { visit } from './code.mjs';
import { treeOf } from './parse.mjs';
import { isValue, looksRead } from './which.mjs';

/**
 * Finds the messages of a source.
 *
 * @typedef {import('./parse.mjs').Node} Node
 * @typedef {{ start: number, end: number }} Range
 * @typedef {{ open: Range, close: Range | null }} Tag an element within a text
 * @typedef {object} Message
 * @property {'string' | 'template' | 'markup' | 'attribute' | 'plural' | 'getter'} kind
 * @property {number} start
 * @property {number} end
 * @property {string} text with {0} for the first argument and <0> for the first element
 * @property {string} [many] of a plural
 * @property {Range} [count] what a plural counts
 * @property {Range[]} args
 * @property {Tag[]} tags
 * @property {boolean} atLoad whether it is made when its module is loaded, and stays as it was made then
 */

/**
 * Where a node stands; `property` is the property of an object made at load whose value it is, which a getter can stand for.
 * @typedef {{ shown: boolean, inFunction: boolean, property?: Node | undefined, isTable?: boolean | undefined }} Place
 */

/** Walks through a source, and keeps the messages that are found on the way. */
export class Finder {
  /** @type {Message[]} */
  #found = [];
  #code;

  /** @param {string} code @param {string} file */
  constructor(code, file) {
    this.#code = code;
    this.file = file;
  }

  /** @returns {Message[]} the outer before the inner */
  get found() {
    return this.#found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** @param {Node} node @param {Place} place */
  visit(node, place) {
    visit(this, node, place);
  }

  /** @param {Range} range */
  at({ start, end }) {
    return this.#code.slice(start, end);
  }

  /** @param {Omit<Message, 'atLoad'>} message @param {Place} place */
  add(message, { inFunction, property }) {
    if (!inFunction && property) {
      const [key, value] = /** @type {[Node, Node]} */ ([property.key, property.value]);
      if (!this.#found.some(({ kind, start }) => kind === 'getter' && start === property.start))
        this.#found.push({
          kind: 'getter',
          start: property.start,
          end: property.end,
          text: '',
          args: [key, value],
          tags: [],
          atLoad: false,
        });
    }
    this.#found.push({ ...message, atLoad: !inFunction && !property });
  }

  /** @param {string} text @param {boolean} shown */
  isMessage(text, shown) {
    return (
      !isValue(text, this.file) &&
      (shown
        ? /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, '')) &&
          (looksRead(text) || !/^[\s#]*\p{Lu}?[\d\W]*$/u.test(text))
        : looksRead(text))
    );
  }
}

/** @param {string} code @param {string} file @returns {Message[]} the outer before the inner */
export function messagesOf(code, file) {
  const finder = new Finder(code, file);
  finder.visit(treeOf(code, file), { shown: false, inFunction: false });
  return finder.found;
}
