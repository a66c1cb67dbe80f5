import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../setup/places.mjs';

/**
 * Messages that are values: where a source is typed to take one of some texts, programs compare it.
 * @param {readonly { source: string, message: import('./messages.mjs').Message }[]} messages
 */
export function comparedMessages(messages) {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config,
    ts.sys,
    root,
  );
  const sources = [...new Set(messages.map(({ source }) => source))].filter((source) =>
    source.endsWith('.ts'),
  );
  const program = ts.createProgram(
    sources.map((source) => join(root, source)),
    { ...config.options, allowJs: false, checkJs: false },
  );
  const checker = program.getTypeChecker();
  return messages.filter(({ source, message: { kind, start, end } }) => {
    const file = program.getSourceFile(join(root, source));
    if (!file || kind !== 'string') return false;
    const node = nodeAt(file, start, end);
    const type = node && checker.getContextualType(node);
    return type !== undefined && isOfTexts(type);
  });
}

/** @param {ts.Type} type */
const isOfTexts = (type) => {
  const types = (type.isUnion() ? type.types : [type]).filter(
    ({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)),
  );
  // One alone is what a schema’s own message is inferred as.
  return types.length > 1 && types.every(({ flags }) => flags & ts.TypeFlags.StringLiteral);
};

/** @param {ts.SourceFile} file @param {number} start @param {number} end */
function nodeAt(file, start, end) {
  /** @param {ts.Node} node @returns {ts.Expression | undefined} */
  const find = (node) => {
    if (node.getStart(file) === start && node.getEnd() === end && ts.isStringLiteralLike(node))
      return node;
    if (node.pos > start || node.end < end) return undefined;
    return ts.forEachChild(node, find);
  };
  return find(file);
}
