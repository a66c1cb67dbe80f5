import { visitAttribute, visitRun } from './markup.mjs';
import { childrenOf, isNode } from './parse.mjs';
import { textOf } from './text-of.mjs';
import { isTableOfWords, readProperties, takesName, technicalNames } from './which.mjs';

/**
 * Finds the messages of code.
 *
 * @typedef {import('./parse.mjs').Node} Node
 * @typedef {import('./messages.mjs').Finder} Finder
 * @typedef {import('./messages.mjs').Place} Place
 */

/** @param {Finder} finder @param {Node} node @param {Place} place */
function visitText(finder, node, place) {
  const worded = textOf(node);
  if (!worded) return;
  const { text, args } = worded;
  const is = finder.isMessage(text, place.shown);
  if (is)
    finder.add(
      {
        kind: args.length > 0 ? 'template' : 'string',
        start: node.start,
        end: node.end,
        text,
        args,
        tags: [],
      },
      place,
    );
  for (const arg of args) finder.visit(arg, { ...place, shown: is || place.shown });
}

/** `n === 1 ? 'one' : 'many'` is a plural. @param {Finder} finder @param {Node} node @param {Place} place */
function visitPlural(finder, node, place) {
  const test = /** @type {Node} */ (node.test);
  const left = /** @type {Node} */ (test.left);
  const right = /** @type {Node} */ (test.right);
  if (test.type !== 'BinaryExpression' || test.operator !== '===' || right.value !== 1)
    return false;
  const one = textOf(/** @type {Node} */ (node.consequent));
  const many = textOf(/** @type {Node} */ (node.alternate));
  if (!one || !many || !finder.isMessage(one.text, true)) return false;
  // Two small words are a plural too.
  if (!finder.isMessage(many.text, place.shown || /^\p{Ll}+$/u.test(many.text))) return false;
  // An argument of both is the same one.
  const args = [...many.args];
  const text = one.text.replaceAll(/\{(\d+)\}/g, (_whole, k) => {
    const arg = one.args[Number(k)];
    if (!arg) throw new Error(`${finder.file}: ${one.text}`);
    const same = args.findIndex((other) => finder.at(other) === finder.at(arg));
    if (same < 0) args.push(arg);
    return `{${same < 0 ? args.length - 1 : same}}`;
  });
  finder.add(
    {
      kind: 'plural',
      start: node.start,
      end: node.end,
      text,
      many: many.text,
      count: left,
      args,
      tags: [],
    },
    place,
  );
  for (const arg of args) finder.visit(arg, { ...place, shown: true });
  return true;
}

/** @param {Finder} finder @param {Node} node @param {Place} place */
export function visit(finder, node, place) {
  const { type } = node;
  if (
    /^(TS.*(Type|Declaration|Keyword|Annotation|Alias|Instantiation).*|Import|Export(All|Specifier)|StyleSheet|Comment)/.test(
      type,
    ) &&
    type !== 'TSTypeAssertion' &&
    type !== 'ImportExpression'
  )
    return;
  if (type === 'Literal' || type === 'TemplateLiteral') {
    visitText(finder, node, place);
    return;
  }
  const inner = { ...place, shown: false, isTable: false };
  switch (type) {
    case 'ConditionalExpression':
      if (visitPlural(finder, node, place)) finder.visit(/** @type {Node} */ (node.test), inner);
      else
        for (const { child, key } of childrenOf(node))
          finder.visit(child, key === 'test' ? inner : place);
      return;
    case 'ExpressionTag':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      finder.visit(/** @type {Node} */ (node.expression), place);
      return;
    case 'LogicalExpression':
      for (const { child, key } of childrenOf(node))
        finder.visit(child, key === 'right' || node.operator !== '&&' ? place : inner);
      return;
    case 'BinaryExpression':
      if (node.operator !== '+') {
        for (const { child } of childrenOf(node)) if (!textOf(child)) finder.visit(child, inner);
        return;
      }
      for (const { child } of childrenOf(node)) finder.visit(child, place);
      return;
    case 'VariableDeclarator': {
      const isTable = isTableOfWords(String(/** @type {Node} */ (node.id).name));
      if (isNode(node.init)) finder.visit(node.init, { ...inner, isTable });
      return;
    }
    case 'ObjectExpression':
      for (const { child } of childrenOf(node))
        finder.visit(child, { ...inner, isTable: place.isTable });
      return;
    case 'SwitchCase':
      for (const { child, key } of childrenOf(node)) if (key !== 'test') finder.visit(child, inner);
      return;
    case 'MemberExpression':
      finder.visit(/** @type {Node} */ (node.object), inner);
      if (node.computed && !textOf(/** @type {Node} */ (node.property)))
        finder.visit(/** @type {Node} */ (node.property), inner);
      return;
    case 'Property':
    case 'PropertyDefinition': {
      const key = /** @type {Node} */ (node.key);
      if (node.computed && !textOf(key)) finder.visit(key, inner);
      const name = String(key.name ?? key.value);
      const value = node.value;
      const isPlain =
        type === 'Property' &&
        !node.computed &&
        !node.shorthand &&
        !node.method &&
        node.kind === 'init';
      // A list is none of a technical name, as the glossary's entry of a class.
      if (isNode(value) && (!technicalNames.has(name) || value.type === 'ArrayExpression'))
        finder.visit(value, {
          ...inner,
          property: isPlain ? node : undefined,
          shown: readProperties.has(name) || (place.isTable === true && value.type === 'Literal'),
        });
      return;
    }
    case 'CallExpression':
    case 'NewExpression': {
      const callee = /** @type {Node} */ (node.callee);
      const property = /** @type {Node | undefined} */ (callee.property);
      const name = String((property ?? callee).name);
      finder.visit(callee, inner);
      inner.property = undefined;
      for (const [index, arg] of /** @type {Node[]} */ (node.arguments).entries())
        // Of a picklist the first is a list of values.
        if (!takesName(name, index) || (!textOf(arg) && name !== 'picklist'))
          finder.visit(arg, inner);
      return;
    }
    case 'TaggedTemplateExpression':
      for (const arg of /** @type {Node[]} */ (/** @type {Node} */ (node.quasi).expressions))
        finder.visit(arg, inner);
      return;
    case 'ExpressionStatement':
      if (node.directive) return;
      break;
    case 'ImportExpression':
    case 'ClassDirective':
    case 'StyleDirective':
      return;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      for (const { child } of childrenOf(node))
        finder.visit(child, { shown: false, inFunction: true });
      return;
    case 'Attribute':
      visitAttribute(finder, node, place);
      return;
    case 'Fragment':
      visitRun(finder, /** @type {Node[]} */ (node.nodes), place);
      return;
    case 'ExportNamedDeclaration':
      if (isNode(node.declaration)) finder.visit(node.declaration, inner);
      return;
    case 'Root':
      for (const part of [node.module, node.instance, node.fragment])
        if (isNode(part)) finder.visit(part, { shown: false, inFunction: part !== node.module });
      return;
    case 'Script':
      finder.visit(/** @type {Node} */ (node.content), inner);
      return;
    default:
  }
  for (const { child } of childrenOf(node)) finder.visit(child, inner);
}
