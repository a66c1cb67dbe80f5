/** `'…'`, `"…"`, a word of Python that JSON has another one for, or a bracket of a tuple. */
const TOKEN = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\b(None|True|False)\b|([()])/g;
const words: Readonly<Record<string, string>> = {
  ...{ None: 'null', True: 'true', False: 'false' },
  ...{ '(': '[', ')': ']' },
};

/** What Python prints of plain data, as JSON: `{'units': 10, 'shape': (None, 28)}`. Other text comes out as no JSON. */
export const jsonOfPython = (text: string): string =>
  text
    .replaceAll(
      TOKEN,
      (_token, single?: string, double?: string, word?: string, bracket?: string) =>
        single === undefined && double === undefined
          ? (words[word ?? bracket ?? ''] ?? '')
          : JSON.stringify((single ?? double ?? '').replaceAll(/\\(.)/g, '$1')),
    )
    .replaceAll(/,\s*\]/g, ']');
