import { escapeMarkup } from '../escape-markup.ts';

/** Text that is HTML already: made by `html` alone, so that whatever else gets into a page is escaped. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** What a template may hold: texts and numbers are escaped; nothing is put in the place of null and false. */
  static of(strings: readonly string[], values: readonly Content[]): Markup {
    return new Markup(
      strings.map((text, k) => (k === 0 ? text : `${textOf(values[k - 1])}${text}`)).join(''),
    );
  }

  toString(): string {
    return this.#text;
  }
}

export type Content = Markup | string | number | null | false | undefined | readonly Content[];

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (typeof content === 'string' || typeof content === 'number')
    return escapeMarkup(String(content));
  return content instanceof Markup ? content.toString() : content.map(textOf).join('');
}

/** A piece of a page. What is put into it is escaped, unless it was made by this function. */
export const html = (strings: TemplateStringsArray, ...values: Content[]): Markup =>
  Markup.of(strings, values);
