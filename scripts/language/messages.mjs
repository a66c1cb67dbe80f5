import { childrenOf, isNode, treeOf } from './parse.mjs';
import {
  inlineElements,
  isTableOfWords,
  isValue,
  readProperties,
  looksRead,
  readAttributes,
  takesName,
  technicalNames,
} from './which.mjs';

/**
 * Finds the messages of a source.
 *
 * @typedef {import('./parse.mjs').Node} Node
 * @typedef {{ start: number, end: number }} Range
 * @typedef {{ open: Range, close: Range | null }} Tag an element within a text
 * @typedef {object} Message
 * @property {'string' | 'template' | 'markup' | 'attribute' | 'plural' | 'getter'} kind
 * @property {number} start
 * @property {number} end
 * @property {string} text with {0} for the first argument and <0> for the first element
 * @property {string} [many] of a plural
 * @property {Range} [count] what a plural counts
 * @property {Range[]} args
 * @property {Tag[]} tags
 * @property {boolean} atLoad whether it is made when its module is loaded, and stays as it was made then
 */

/**
 * Where a node stands; `property` is the property of an object made at load whose value it is, which a getter can stand for.
 * @typedef {{ shown: boolean, inFunction: boolean, property?: Node | undefined, isTable?: boolean | undefined }} Place
 */

/** @param {string} code @param {string} file @returns {Message[]} the outer before the inner */
export function messagesOf(code, file) {
  /** @type {Message[]} */
  const found = [];
  const at = (/** @type {Range} */ { start, end }) => code.slice(start, end);

  /** @param {Node} node @returns {{ text: string, args: Node[] } | null} */
  const textOf = (node) => {
    if (node.type === 'Literal')
      return typeof node.value === 'string' ? { text: node.value, args: [] } : null;
    if (node.type !== 'TemplateLiteral') return null;
    const args = /** @type {Node[]} */ (node.expressions);
    const quasis = /** @type {{ value: { cooked: string } }[]} */ (
      /** @type {unknown} */ (node.quasis)
    );
    return {
      text: quasis.map(({ value }, k) => (k > 0 ? `{${k - 1}}` : '') + value.cooked).join(''),
      args,
    };
  };

  /** @param {Omit<Message, 'atLoad'>} message @param {Place} place */
  const add = (message, { inFunction, property }) => {
    if (!inFunction && property) {
      const [key, value] = /** @type {[Node, Node]} */ ([property.key, property.value]);
      if (!found.some(({ kind, start }) => kind === 'getter' && start === property.start))
        found.push({
          kind: 'getter',
          start: property.start,
          end: property.end,
          text: '',
          args: [key, value],
          tags: [],
          atLoad: false,
        });
    }
    found.push({ ...message, atLoad: !inFunction && !property });
  };

  /** @param {string} text @param {boolean} shown */
  const isMessage = (text, shown) =>
    !isValue(text, file) &&
    (shown
      ? /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, '')) &&
        (looksRead(text) || !/^[\s#]*\p{Lu}?[\d\W]*$/u.test(text))
      : looksRead(text));

  /** @param {Node} node @param {Place} place */
  const visitText = (node, place) => {
    const worded = textOf(node);
    if (!worded) return;
    const { text, args } = worded;
    const is = isMessage(text, place.shown);
    if (is)
      add(
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
    for (const arg of args) visit(arg, { ...place, shown: is || place.shown });
  };

  /** `n === 1 ? 'one' : 'many'` is a plural. @param {Node} node @param {Place} place */
  const visitPlural = (node, place) => {
    const test = /** @type {Node} */ (node.test);
    const left = /** @type {Node} */ (test.left);
    const right = /** @type {Node} */ (test.right);
    if (test.type !== 'BinaryExpression' || test.operator !== '===' || right.value !== 1)
      return false;
    const one = textOf(/** @type {Node} */ (node.consequent));
    const many = textOf(/** @type {Node} */ (node.alternate));
    if (!one || !many || !isMessage(one.text, true)) return false;
    // Two small words are a plural too.
    if (!isMessage(many.text, place.shown || /^\p{Ll}+$/u.test(many.text))) return false;
    // An argument of both is the same one.
    const args = [...many.args];
    const text = one.text.replaceAll(/\{(\d+)\}/g, (_whole, k) => {
      const arg = one.args[Number(k)];
      if (!arg) throw new Error(`${file}: ${one.text}`);
      const same = args.findIndex((other) => at(other) === at(arg));
      if (same < 0) args.push(arg);
      return `{${same < 0 ? args.length - 1 : same}}`;
    });
    add(
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
    for (const arg of args) visit(arg, { ...place, shown: true });
    return true;
  };

  /** Children of an element: runs of text, expressions and elements that stand within a line are one message each. @param {Node[]} nodes @param {Place} place */
  const visitRun = (nodes, place) => {
    /** @type {Node[]} */
    let run = [];
    const flush = () => {
      const of = trimmed(run);
      run = [];
      if (of.length === 0) return;
      const isWorded = of.some((node) => node.type === 'Text' && /\p{L}/u.test(String(node.data)));
      if (!isWorded) {
        for (const node of of) visit(node, { ...place, shown: true });
        return;
      }
      /** @type {Node[]} */
      const args = [];
      /** @type {Tag[]} */
      const tags = [];
      /** @param {Node[]} parts @returns {string} */
      const textOfNodes = (parts) => parts.map(textOfNode).join('');
      /** @param {Node} node @returns {string} */
      const textOfNode = (node) => {
        if (node.type === 'Text') return String(node.data).replaceAll(/\s+/g, ' ');
        if (node.type === 'Comment') return '';
        if (node.type === 'ExpressionTag') {
          const expression = /** @type {Node} */ (node.expression);
          // {' '} is a space that Svelte would drop.
          if (
            expression.type === 'Literal' &&
            typeof expression.value === 'string' &&
            !/\p{L}/u.test(expression.value)
          )
            return expression.value;
          args.push(node);
          return `{${args.length - 1}}`;
        }
        const inner = innerOf(node) ?? [];
        const k = tags.length;
        const first = inner[0];
        const last = inner.at(-1);
        if (!first || !last || inner.some((child) => !isPart(child))) {
          tags.push({ open: node, close: null });
          return `<${k}/>`;
        }
        tags.push({
          open: { start: node.start, end: first.start },
          close: { start: last.end, end: node.end },
        });
        return `<${k}>${textOfNodes(inner)}</${k}>`;
      };
      const first = /** @type {Node} */ (of[0]);
      const last = /** @type {Node} */ (of.at(-1));
      const before =
        first.type === 'Text' ? String(first.raw).length - String(first.raw).trimStart().length : 0;
      const after =
        last.type === 'Text' ? String(last.raw).length - String(last.raw).trimEnd().length : 0;
      const text = textOfNodes(of).trim().replaceAll(/ +/g, ' ');
      add(
        { kind: 'markup', start: first.start + before, end: last.end - after, text, args, tags },
        place,
      );
      for (const arg of args)
        visit(/** @type {Node} */ (arg.expression), { ...place, shown: true });
      for (const node of of) visitAttributes(node, place);
    };
    for (const node of nodes) {
      if (isPart(node)) run.push(node);
      else {
        flush();
        visit(node, { ...place, shown: false });
      }
    }
    flush();
  };
  /** Attributes of elements within a text, and whole elements whose inner part is not of it. @param {Node} node @param {Place} place */
  const visitAttributes = (node, place) => {
    const inner = innerOf(node);
    if (!inner) return;
    for (const attribute of /** @type {Node[]} */ (node.attributes))
      visit(attribute, { ...place, shown: false });
    if (inner.some((child) => !isPart(child))) visitRun(inner, place);
    else for (const child of inner) visitAttributes(child, place);
  };

  /** @param {Node} node @param {Place} place */
  const visitAttribute = (node, place) => {
    const name = String(node.name);
    if (technicalNames.has(name)) return;
    const shown = readAttributes.has(name);
    const parts = /** @type {Node[]} */ (Array.isArray(node.value) ? node.value : [node.value]);
    if (!parts.every(isNode)) return;
    if (parts.some(({ type }) => type === 'Text')) {
      const args = parts.filter(({ type }) => type !== 'Text');
      const text = parts
        .map((part) => (part.type === 'Text' ? String(part.data) : `{${args.indexOf(part)}}`))
        .join('');
      const is = isMessage(text, shown);
      if (is)
        add(
          {
            kind: 'attribute',
            start: node.start + name.length + 1,
            end: node.end,
            text,
            args,
            tags: [],
          },
          place,
        );
      for (const arg of args) visit(/** @type {Node} */ (arg.expression), { ...place, shown: is });
    } else for (const part of parts) visit(part, { ...place, shown });
  };

  /** @param {Node} node @param {Place} place */
  const visit = (node, place) => {
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
      visitText(node, place);
      return;
    }
    const inner = { ...place, shown: false, isTable: false };
    switch (type) {
      case 'ConditionalExpression':
        if (visitPlural(node, place)) visit(/** @type {Node} */ (node.test), inner);
        else
          for (const { child, key } of childrenOf(node))
            visit(child, key === 'test' ? inner : place);
        return;
      case 'ExpressionTag':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        visit(/** @type {Node} */ (node.expression), place);
        return;
      case 'LogicalExpression':
        for (const { child, key } of childrenOf(node))
          visit(child, key === 'right' || node.operator !== '&&' ? place : inner);
        return;
      case 'BinaryExpression':
        if (node.operator !== '+') {
          for (const { child } of childrenOf(node)) if (!textOf(child)) visit(child, inner);
          return;
        }
        for (const { child } of childrenOf(node)) visit(child, place);
        return;
      case 'VariableDeclarator': {
        const isTable = isTableOfWords(String(/** @type {Node} */ (node.id).name));
        if (isNode(node.init)) visit(node.init, { ...inner, isTable });
        return;
      }
      case 'ObjectExpression':
        for (const { child } of childrenOf(node))
          visit(child, { ...inner, isTable: place.isTable });
        return;
      case 'SwitchCase':
        for (const { child, key } of childrenOf(node)) if (key !== 'test') visit(child, inner);
        return;
      case 'MemberExpression':
        visit(/** @type {Node} */ (node.object), inner);
        if (node.computed && !textOf(/** @type {Node} */ (node.property)))
          visit(/** @type {Node} */ (node.property), inner);
        return;
      case 'Property':
      case 'PropertyDefinition': {
        const key = /** @type {Node} */ (node.key);
        if (node.computed && !textOf(key)) visit(key, inner);
        const name = String(key.name ?? key.value);
        const value = node.value;
        const isPlain =
          type === 'Property' &&
          !node.computed &&
          !node.shorthand &&
          !node.method &&
          node.kind === 'init';
        if (isNode(value) && !technicalNames.has(name))
          visit(value, {
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
        visit(callee, inner);
        inner.property = undefined;
        // A list of values, of which one is taken.
        if (name === 'picklist') return;
        for (const [index, arg] of /** @type {Node[]} */ (node.arguments).entries())
          if (!takesName(name, index) || !textOf(arg)) visit(arg, inner);
        return;
      }
      case 'TaggedTemplateExpression':
        for (const arg of /** @type {Node[]} */ (/** @type {Node} */ (node.quasi).expressions))
          visit(arg, inner);
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
        for (const { child } of childrenOf(node)) visit(child, { shown: false, inFunction: true });
        return;
      case 'Attribute':
        visitAttribute(node, place);
        return;
      case 'Fragment':
        visitRun(/** @type {Node[]} */ (node.nodes), place);
        return;
      case 'ExportNamedDeclaration':
        if (isNode(node.declaration)) visit(node.declaration, inner);
        return;
      case 'Root':
        for (const part of [node.module, node.instance, node.fragment])
          if (isNode(part)) visit(part, { shown: false, inFunction: part !== node.module });
        return;
      case 'Script':
        visit(/** @type {Node} */ (node.content), inner);
        return;
      default:
    }
    for (const { child } of childrenOf(node)) visit(child, inner);
  };
  visit(treeOf(code, file), { shown: false, inFunction: false });
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** What stands in an element. @param {Node} node */
const innerOf = ({ fragment }) =>
  isNode(fragment) ? /** @type {Node[]} */ (fragment.nodes) : undefined;

/** @param {Node} node whether it can be a part of a line of text */
const isPart = (node) =>
  ['Text', 'ExpressionTag', 'Comment'].includes(node.type) ||
  (['RegularElement', 'Component'].includes(node.type) && inlineElements.has(String(node.name)));

/** Without what is empty at both ends. @param {Node[]} nodes */
function trimmed(nodes) {
  const isEmpty = (/** @type {Node | undefined} */ node) =>
    node && (node.type === 'Comment' || (node.type === 'Text' && !String(node.data).trim()));
  let [start, end] = [0, nodes.length];
  while (start < end && isEmpty(nodes[start])) start++;
  while (end > start && isEmpty(nodes[end - 1])) end--;
  return nodes.slice(start, end);
}
