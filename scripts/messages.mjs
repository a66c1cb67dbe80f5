import './setup/node-version.mjs';
import { main } from './setup/failure.mjs';
import { say } from './setup/progress.mjs';
import { comparedMessages } from './language/compared.mjs';
import {
  allMessages,
  faultsOf,
  isTranslated,
  readCatalogue,
  translations,
  updated,
  writeCatalogue,
} from './language/catalogue.mjs';

// npm run messages [-- --check]: brings the catalogues of translations up to date with the sources; or says what they lack.
await main(() => {
  const check = process.argv.includes('--check');
  let faults = 0;
  const report = (/** @type {string} */ text) => {
    faults++;
    say(text);
  };
  for (const language of translations()) {
    const { po, dropped } = updated(language);
    const before = readCatalogue(language).po.items;
    const isKnown = new Set(before.map(({ msgctxt, msgid }) => `${msgctxt}\u0004${msgid}`));
    const added = po.items.filter(({ msgctxt, msgid }) => !isKnown.has(`${msgctxt}\u0004${msgid}`));
    if (check) {
      for (const { msgid, references } of added)
        report(
          `${language}: not in the catalogue (npm run messages): “${msgid}” of ${references.join(', ')}`,
        );
      for (const { msgid } of dropped) report(`${language}: in no source any more: “${msgid}”`);
    } else writeCatalogue(language, po);
    for (const item of po.items)
      for (const fault of faultsOf(item)) report(`${language}: “${item.msgid}” ${fault}.`);
    const open = po.items.filter((item) => !isTranslated(item)).length;
    if (open > 0) faults++;
    say(
      `${language}: ${po.items.length} messages, ${added.length} new, ${dropped.length} gone, ${open} without a translation.`,
    );
  }
  for (const { source, message } of check ? comparedMessages(allMessages()) : [])
    report(
      `${source}: “${message.text}” is typed as one of some values, which programs compare: name it in scripts/language/which.mjs, and show words for it.`,
    );
  return Promise.resolve(faults > 0 ? 1 : 0);
});
