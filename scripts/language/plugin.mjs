import { join, relative } from 'node:path';
import MagicString from 'magic-string';
import { root } from '../setup/places.mjs';
import { isTranslated, readCatalogue, translations } from './catalogue.mjs';
import { messagesOf } from './messages.mjs';
import { Rewriter, runtime } from './replace.mjs';
import { isRead } from './which.mjs';

const languageModule = join(root, 'shared/language.ts');

/** @param {string} id of a module @returns {string | null} the source whose messages are replaced */
function sourceOf(id) {
  const source = relative(root, id).replaceAll('\\', '/');
  return isRead(source) ? source : null;
}

/** Builds a page that speaks one other language. @param {string} language @returns {import('vite').Plugin} */
export function inlined(language) {
  const { find } = readCatalogue(language);
  return {
    name: 'firstlayer:inlined-language',
    enforce: 'pre',
    config: () => ({ define: { __LANGUAGE__: JSON.stringify(language) } }),
    transformIndexHtml: (html) => html.replace('<html lang="en">', `<html lang="${language}">`),
    transform(code, id) {
      const source = sourceOf(id);
      if (source === null) return null;
      return rewritten(code, messagesOf(code, source), (message) => {
        const item = find(message, source)?.item;
        return item && isTranslated(item) ? item.msgstr : null;
      });
    },
  };
}

/** Builds a program that can change its language: beside it lies a file of the words of each. @returns {import('vite').Plugin} */
export function lookedUp() {
  const catalogues = translations().map((language) => ({
    ...{ language, ...readCatalogue(language) },
    /** @type {Record<string, string | string[]>} */
    used: {},
  }));
  return {
    name: 'firstlayer:looked-up-language',
    enforce: 'pre',
    config: () => ({ build: { ssrEmitAssets: true } }),
    transform(code, id) {
      const source = sourceOf(id);
      if (source === null) return null;
      /** @type {Map<import('./messages.mjs').Message, string>} */
      const keys = new Map();
      const messages = messagesOf(code, source);
      for (const message of messages) {
        for (const { find, used } of catalogues) {
          const found = find(message, source);
          if (!found || !isTranslated(found.item)) continue;
          // Where one language has a translation for this source alone, the others are found under that key too.
          const key =
            [keys.get(message) ?? '', found.key].sort((a, b) => b.length - a.length)[0] ?? '';
          keys.set(message, key);
          used[key] = message.many === undefined ? (found.item.msgstr[0] ?? '') : found.item.msgstr;
        }
      }
      const result = rewritten(
        code,
        messages,
        (message) => (keys.has(message) ? [] : null),
        (message) => keys.get(message) ?? '',
      );
      return result;
    },
    generateBundle() {
      for (const { language, used } of catalogues)
        this.emitFile({
          type: 'asset',
          fileName: `${language}.json`,
          source: JSON.stringify(used),
        });
    },
  };
}

/**
 * @param {string} code
 * @param {import('./messages.mjs').Message[]} messages
 * @param {(message: import('./messages.mjs').Message) => string[] | null} translate
 * @param {((message: import('./messages.mjs').Message) => string) | null} lookup
 */
function rewritten(code, messages, translate, lookup = null) {
  const rewriter = new Rewriter(code, messages, translate, lookup);
  const result = new MagicString(code);
  for (const message of rewriter.outer) {
    const other = rewriter.message(message);
    if (other !== code.slice(message.start, message.end))
      result.overwrite(message.start, message.end, other);
  }
  if (!result.hasChanged()) return null;
  if (lookup)
    result.prepend(
      `import { translated as ${runtime.one}, translatedPlural as ${runtime.many} } from ${JSON.stringify(languageModule)};`,
    );
  return { code: result.toString(), map: result.generateMap({ hires: true }) };
}
