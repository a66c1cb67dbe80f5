/** Which texts of the sources a person reads: everything else is names that programs compare, formats and keys. */

/** Sources whose texts are never shown in the window: they speak to terminals, TensorFlow or files, in English. */
const passedOver = [
  /^main\/trainer\/(graph|tensorflow|terminal)\//,
  // They are recorded with a run, whose classes they are.
  /^main\/trainer\/data\/named\/class-names-of-sets\.ts$/,
  // Reports are files, to be read by others: in English (report-handlers.ts).
  /^shared\/report\//,
  /^main\/(preload|run-in-terminal|terminal-command|app-protocol|language|trainer\/(language|speak))\.ts$/,
  /^shared\/(language|tokens|escape-markup)\.ts$/,
  /\.d\.ts$/,
];

/** @param {string} file relative to the root, with slashes */
export const isRead = (file) =>
  /^(renderer|shared|main)\/.*\.(ts|svelte)$/.test(file) &&
  !passedOver.some((pattern) => pattern.test(file));

/** @param {string} text names with space between them */
const namesIn = (text) => new Set(text.trim().split(/\s+/));

/** Names of keys of a keyboard, as events tell them. */
const keyNames = namesIn(`
  Enter Escape Tab Home End Delete Space Backspace Insert Shift Control Alt Meta Mod Plus
  Minus Comma
`);

/** Functions that take names, selectors, paths or patterns: no text in their arguments is read. */
const takesNames = namesIn(`
  addEventListener removeEventListener on once off emit querySelector querySelectorAll
  closest matches matchMedia getContext createElement setAttribute getAttribute hasAttribute
  setProperty getPropertyValue includes startsWith endsWith split indexOf has hasOwn get set
  RegExp URL getElementById toSorted test match update debug log info
  appendSwitch setName getPath setPath existsSync Segmenter NumberFormat DateTimeFormat
  Collator setAppUserModelId exec
`);

/** Functions whose first argument is a name or a pattern. A schema's value is one; what is said of another value is read. */
const takesNameFirst = namesIn('replace replaceAll padStart literal picklist');

/** @param {string} name of the function that is called @param {number} index of the argument */
export const takesName = (name, index) =>
  takesNames.has(name) || (takesNameFirst.has(name) && index === 0);

/** Attributes of HTML whose text is read or spoken. */
export const readAttributes = namesIn(`
  title alt placeholder aria-label aria-description aria-roledescription aria-valuetext
  aria-placeholder label caption
`);

/** Attributes and properties whose value is for a program. */
export const technicalNames = namesIn(`
  class style d transform points viewBox id for href src type font color background cursor
  chord role accelerator rel fill serviceName copyright preserveAspectRatio text-anchor
  stroke-dasharray sizes flag
`);

/** Properties whose value is read even where it is one small word. */
export const readProperties = new Set(['noun', 'unit', 'word', 'words', 'head', 'caption']);

/** Tables of words, by their name: so are their values. @param {string} name of a variable */
export const isTableOfWords = (name) => /(?:Words|Orders)$/.test(name);

/** Elements that stand within a line of text. */
export const inlineElements = namesIn(`
  a abbr b bdi br cite code data em i kbd mark q s small span strong sub sup time u var
  output wbr tspan Term MiddleEllipsis NextFrame
`);

/** Two words, but values that programs tell each other. */
const values = new Set([
  'Firstlayer',
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  // In files, of which some are summed up.
  'Firstlayer fingerprint 1\n',
  '# Written by Firstlayer.\n',
  'model_checkpoint_path: {0}',
  'all_model_checkpoint_paths: {0}',
  // Elements' ids.
  '{0}-problem {1}-sentence',
  '{0}-note {1}-sentence',
  '{0}-tip {1}-effect',
  // One of some values.
  'a later layer',
  'the end',
  // A key's name.
  'Return',
]);

/** The words of the system, by which its refusals are known: no sentences. */
const systemWords = /^\p{Lu}[^.]*$/u;

/** Values of one source, which are words in others. @type {Readonly<Record<string, readonly string[]>>} */
const valuesOf = {
  'shared/layer-report-formulas.ts': ['rows and columns'],
  'main/trainer/data/csv/csv-tables.ts': ['training'],
  // What a process says that it does; the window has words for it.
  'main/prover.ts': ['reading the data'],
  'main/trainer/training/experiment.ts': ['reading the data', 'building the networks'],
  'main/trainer/training/proof/prove.ts': ['reading the data', 'building the network'],
  'main/trainer/training/range-test.ts': [
    ...['reading the data', 'building the network', 'trying rates'],
  ],
  'renderer/state/experiment.svelte.ts': ['reading the data'],
  'renderer/state/range-test.svelte.ts': ['reading the data'],
  'renderer/chart/chart-keys.ts': ['epoch', 'point'],
  // Parts of what data are known again by.
  'main/trainer/data/split.ts': ['test {0} by {1}', 'validation {0} by {1}'],
  'main/trainer/data/leave-out.ts': ['left out {0}'],
  'main/trainer/files/temporary-folder.ts': [
    'Local',
    'Cache',
    'Library',
    'Caches',
    'TEMP',
    'TMPDIR',
  ],
};

/** Whether a text is compared, or written into a file, and so the same in every language. @param {string} text @param {string} file */
export const isValue = (text, file) =>
  values.has(text) ||
  valuesOf[file]?.includes(text) === true ||
  (file === 'shared/system-errors.ts' && systemWords.test(text));

const cssUnits = /\b(px|em|rem|fr|deg|ms|vh|vw|auto|minmax|repeat|calc|var|rgb|hsl)\b/;

/**
 * Whether a text in a script is read. Two words are a text; one word is one if it is capitalised as a label is.
 * @param {string} text with `{0}` where something is put in
 */
export function looksRead(text) {
  const bare = text.replaceAll(/\{\d+\}/g, '#');
  if (!/\p{L}{2}/u.test(bare)) return false;
  // Paths, addresses, selectors, code, media types and formats, unless words stand in it as in a sentence.
  if (
    /[{}<>=;|\\@$]|:\/\/|--|^[#.[(/]*[\w-]+\(|^[.[(/]|^\w+\/[\w.*+-]+$/.test(
      bare.replaceAll(/^#/g, ''),
    )
  )
    return (
      (/[.?!]$/.test(bare) && /\p{L}{2,} \p{L}{2,} /u.test(bare)) ||
      (!/[[{}<>|\\@$]|:\/\//.test(bare) &&
        /(\p{L}+[,;:]? ){2}\p{L}{2}|^\(\p{L}+ \p{L}+\)$/u.test(bare))
    );
  if (cssUnits.test(bare) && !/\p{Lu}/u.test(bare)) return false;
  if (/\p{L}{2,}[\p{L}’'-]*[,:.)]? \S|\S \(?\p{L}{2,}/u.test(bare)) return true;
  return /^&?\p{Lu}&?\p{Ll}+(-\p{L}+)*[…:.?!]?$/u.test(bare) && !keyNames.has(bare);
}
