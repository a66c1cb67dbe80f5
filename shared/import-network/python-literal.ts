/** Matches `'…'`, `"…"`, a Python word that is another in JSON, or a bracket of a tuple. */
const TOKEN = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\b(None|True|False)\b|([()])/g;
const words: Readonly<Record<string, string>> = {
  ...{ None: 'null', True: 'true', False: 'false' },
  ...{ '(': '[', ')': ']' },
};

/** Turns Python's print of plain data into JSON: `{'units': 10, 'shape': (None, 28)}`. Other text does not become valid JSON. */
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
