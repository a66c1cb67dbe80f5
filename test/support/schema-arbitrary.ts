import fc from 'fast-check';

/** The parts of valibot's schemas that values are made of; which of them a schema has depends on its type. */
interface SchemaParts {
  type: string;
  entries?: Record<string, SchemaParts>;
  options?: readonly unknown[];
  items?: readonly SchemaParts[];
  item?: SchemaParts;
  wrapped?: SchemaParts;
  key?: SchemaParts;
  value?: unknown;
  literal?: unknown;
  getter?: (input: unknown) => SchemaParts;
}

/** What is in no contract. */
const junk = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.anything({ withTypedArray: true, withBigInt: true, withDate: true, withMap: true }),
    fc.constantFrom<unknown>(
      ...['__proto__', 'constructor', '../../etc/passwd', '<img src=x onerror=alert(1)>', '\0'],
      ...[-1, 0.5, 2 ** 53, NaN, Infinity, -0],
    ),
  );

/**
 * Values that a schema asks for, at a place or two with something else in them.
 * @param schema one of valibot's
 */
export function nearlyOf(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  const asked = valueOf(schema as SchemaParts, depth);
  return fc.oneof({ weight: 30, arbitrary: asked }, { weight: 1, arbitrary: junk() });
}

function valueOf(schema: SchemaParts, depth: number): fc.Arbitrary<unknown> {
  const inner = (part: unknown): fc.Arbitrary<unknown> => nearlyOf(part, depth + 1);
  if (depth > 12) return fc.constant(null);
  switch (schema.type) {
    case 'strict_object':
    case 'object':
    case 'loose_object': {
      const entries = Object.entries(schema.entries ?? {}).map(([name, part]) => [
        name,
        inner(part),
      ]);
      return fc.oneof(
        { weight: 20, arbitrary: fc.record(Object.fromEntries(entries) as Record<string, never>) },
        {
          weight: 1,
          arbitrary: fc.record(Object.fromEntries(entries) as Record<string, never>, {
            requiredKeys: [],
          }),
        },
      );
    }
    case 'array':
      return fc.array(inner(schema.item), { maxLength: 3 });
    case 'tuple':
    case 'strict_tuple':
      return fc.tuple(...(schema.items ?? []).map(inner));
    case 'union':
    case 'variant':
      return fc.oneof(...(schema.options ?? []).map(inner));
    case 'picklist':
      return fc.constantFrom(...(schema.options ?? [null]));
    case 'literal':
      return fc.constant(schema.literal);
    case 'nullable':
      return fc.option(inner(schema.wrapped));
    case 'optional':
      return fc.option(inner(schema.wrapped), { nil: undefined });
    case 'record':
      return fc.dictionary(fc.string(), inner(schema.value), { maxKeys: 3 });
    case 'lazy':
      return fc.constant(null).chain(() => inner(schema.getter?.(null)));
    case 'string':
      return fc.string();
    case 'number':
      return fc.oneof(fc.nat({ max: 20 }), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'custom':
    case 'instance':
      return fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.float32Array({ maxLength: 9 }));
    case 'undefined':
      return fc.constant(undefined);
    case 'null':
      return fc.constant(null);
    default:
      return junk();
  }
}
