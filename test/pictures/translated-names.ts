import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PO from 'pofile';

/** Scenes find elements by their English names. This tells what the same names are in a catalogue's language. */

type Item = InstanceType<typeof PO.Item>;

/** A literal, or the number of what is put in. */
type Part = string | number;

const partsOf = (text: string): Part[] =>
  text
    .replaceAll(/<\/?\d+\/?>/g, '')
    .split(/(\{\d+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{\d+\}$/.test(part) ? Number(part.slice(1, -1)) : part));

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

interface Match {
  /** What is put in, by its number; not all, where only the beginning was told. */
  puts: ReadonlyMap<number, string>;
  /** How many letters are the message's own. */
  own: number;
  /** Of what is put in, that with which the told text ends: there may be more of it. */
  open: number | null;
}

/** @param isBeginning whether `text` may end before the message does */
function matched(parts: readonly Part[], text: string, isBeginning: boolean): Match | null {
  const [part, ...rest] = parts;
  if (text === '' && (isBeginning || part === undefined))
    return { puts: new Map(), own: 0, open: null };
  if (part === undefined) return null;
  if (typeof part === 'string') {
    if (isBeginning && part.startsWith(text))
      return { puts: new Map(), own: text.length, open: null };
    const after = text.startsWith(part)
      ? matched(rest, text.slice(part.length), isBeginning)
      : null;
    return after && { ...after, own: after.own + part.length };
  }
  for (let end = 1; end <= text.length; end++) {
    const after = matched(rest, text.slice(end), isBeginning);
    if (!after) continue;
    const open = isBeginning && end === text.length ? part : after.open;
    return { ...after, open, puts: new Map([...after.puts, [part, text.slice(0, end)]]) };
  }
  return null;
}

/** A smaller share of a text that is a message's own is taken for chance. */
const LEAST_OWN = 0.4;

/** The names of one language. */
export class TranslatedNames {
  readonly #items: readonly Item[];

  constructor(language: string) {
    const file = join(import.meta.dirname, `../../shared/locales/${language}.po`);
    this.#items = PO.parse(readFileSync(file, 'utf8')).items;
  }

  /** @param name a text, or an expression of a text with `^`, `$` and at most one `(one|other)`; one of no message stays as it is */
  of(name: string | RegExp, isExact = false): string | RegExp {
    if (typeof name === 'string') {
      const whole = this.#sources(name, false);
      const found = whole.length === 0 && !isExact ? this.#sources(name, true) : whole;
      if (found.length === 0) return name;
      const any = `(?:${found.join('|')})`;
      return isExact ? new RegExp(`^${any}$`) : new RegExp(any, 'i');
    }
    const [, start = '', text = '', end = ''] = /^(\^?)(.*?)(\$?)$/.exec(name.source) ?? [];
    const [, before = '', either = '', after = ''] = /^(.*?)\((.*)\)(.*)$/.exec(text) ?? [];
    const texts = either === '' ? [text] : either.split('|').map((one) => before + one + after);
    const found = texts.flatMap((each) =>
      this.#sources(each.replaceAll(/\\(.)/g, '$1').trimEnd(), end === ''),
    );
    return found.length === 0
      ? name
      : new RegExp(`${start}(?:${found.join('|')})${end}`, name.flags);
  }

  /** Of all messages that fit the text best, as sources of expressions. */
  #sources(text: string, isBeginning: boolean): string[] {
    const exact = this.#items.filter(({ msgid }) => msgid === text);
    if (exact.length > 0 && !isBeginning)
      return [...new Set(exact.flatMap(({ msgstr }) => msgstr.map(escaped)))];
    const found = this.#items
      .flatMap((item) =>
        [item.msgid, item.msgid_plural].flatMap((message, form) => {
          const match = message ? matched(partsOf(message), text, isBeginning) : null;
          return match ? [{ match, translation: item.msgstr[form] ?? '' }] : [];
        }),
      )
      .filter(({ match }) => match.own >= LEAST_OWN * text.length);
    const most = Math.max(...found.map(({ match }) => match.own));
    const best = found.filter(({ match }) => match.own === most);
    return [...new Set(best.map(({ match, translation }) => this.#filled(translation, match)))];
  }

  #filled(translation: string, { puts, open }: Match): string {
    return partsOf(translation)
      .map((part) => {
        if (typeof part === 'string') return escaped(part);
        const put = puts.get(part);
        if (put === undefined) return '.*';
        return part === open ? `${this.#put(put)}.*` : this.#put(put);
      })
      .join('');
  }

  #put(text: string): string {
    // Thousands and decimals change their signs.
    if (/^[\d.,]+$/.test(text))
      return text.replaceAll(/[.,]/g, (sign) => (sign === ',' ? String.raw`\.` : ','));
    const [known = escaped(text), ...others] = this.#sources(text, false);
    return others.length === 0 ? known : `(?:${[known, ...others].join('|')})`;
  }
}
