/**
 * Puts other words into a source.
 *
 * @typedef {import('./messages.mjs').Message} Message
 * @typedef {import('./messages.mjs').Range} Range
 */

/** Where code asks for its words when it runs. */
export const runtime = { one: '__translated', many: '__translatedPlural' };

/** @param {string} text inside backquotes */
const inTemplate = (text) => text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&');
/** @param {string} text of an element or attribute of Svelte */
const inMarkup = (text) => text.replaceAll(/[&<>{}"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A translated text in its parts: texts, numbers of arguments, and elements' tags. @param {string} text */
export const partsOf = (text) => text.split(/(\{\d+\}|<\/?\d+\/?>)/);

/** Writes a source anew with other words; what stays untranslated stays as it is. */
export class Rewriter {
  #code;
  #messages;
  #translate;
  #lookup;

  /**
   * @param {string} code
   * @param {Message[]} messages of it
   * @param {(message: Message) => string[] | null} translate all plural forms; null where there is none
   * @param {((message: Message) => string) | null} lookup key under which code asks for its words when it runs; null: it holds them itself
   */
  constructor(code, messages, translate, lookup) {
    this.#code = code;
    this.#messages = messages;
    this.#translate = translate;
    this.#lookup = lookup;
  }

  /** Those messages that are in no other. @returns {Message[]} */
  get outer() {
    let end = -1;
    return this.#messages.filter((message) => {
      if (message.start < end) return false;
      end = message.end;
      return true;
    });
  }

  /** A part of the code. @param {Range} range @param {Message} [outer] */
  #part({ start, end }, outer) {
    let at = start;
    let result = '';
    for (const message of this.#messages) {
      if (message === outer || message.start < at || message.end > end) continue;
      // A getter lies around the message of a whole property.
      if (outer && message.start <= outer.start && message.end >= outer.end) continue;
      result += this.#code.slice(at, message.start) + this.message(message);
      at = message.end;
    }
    return result + this.#code.slice(at, end);
  }

  /** @param {Message} message @returns {string} */
  message(message) {
    const { kind, count } = message;
    if (kind === 'getter') {
      const [key, value] = message.args;
      if (!this.#lookup || !key || !value) return this.#part(message, message);
      return `get ${this.#part(key)}() { return ${this.#part(value, message)}; }`;
    }
    const forms = this.#translate(message);
    if (!forms) return this.#part(message, message);
    if (this.#lookup) {
      const args = message.args.map((arg) => this.#part(arg, message));
      const list = args.length > 0 ? `, [${args.join(', ')}]` : '';
      const key = JSON.stringify(this.#lookup(message));
      return count
        ? `${runtime.many}(${this.#part(count, message)}, ${key}, ${JSON.stringify([message.text, message.many])}${list})`
        : `${runtime.one}(${key}, ${JSON.stringify(message.text)}${list})`;
    }
    const [text = '', many = ''] = forms;
    if (count)
      // Both languages count alike.
      return `(${this.#part(count, message)} === 1 ? ${this.#template(text, message)} : ${this.#template(many, message)})`;
    if (kind === 'markup') return this.#markup(text, message);
    return kind === 'attribute'
      ? `"${this.#markup(text, message)}"`
      : this.#template(text, message);
  }

  /** @param {string} text @param {Message} message */
  #template(text, message) {
    if (message.args.length === 0) return JSON.stringify(text);
    const parts = partsOf(text).map((part) => {
      const arg = message.args[argumentOf(part)];
      return arg ? `\${${this.#part(arg, message)}}` : inTemplate(part);
    });
    return `\`${parts.join('')}\``;
  }

  /** @param {string} text @param {Message} message */
  #markup(text, message) {
    const parts = partsOf(text).map((part) => {
      const arg = message.args[argumentOf(part)];
      if (arg) return this.#part(arg, message);
      const [, closes, number] = /^<(\/?)(\d+)\/?>$/.exec(part) ?? [];
      const tag = number === undefined ? undefined : message.tags[Number(number)];
      if (!tag) return inMarkup(part);
      const range = closes ? tag.close : tag.open;
      return range ? this.#part(range, message) : '';
    });
    return parts.join('');
  }
}

/** @param {string} part */
const argumentOf = (part) => Number(/^\{(\d+)\}$/.exec(part)?.[1] ?? -1);
