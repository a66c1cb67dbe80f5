/** Types of tensors, numbered as in tensorflow/core/framework/types.proto. */
export const DType = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  resource: 20,
} as const;
export type DType = (typeof DType)[keyof typeof DType];

/** One output of one node: `name` is "node" or "node:1". */
export interface Tensor {
  readonly name: string;
  readonly type: DType;
}

/** An attribute of a node, as protobufjs takes it. */
export type Attribute = Record<string, unknown>;

const shapeProto = (dims: readonly number[]): Attribute => ({
  dim: dims.map((size) => ({ size })),
});

export const attribute = {
  type: (type: DType): Attribute => ({ type }),
  int: (i: number): Attribute => ({ i }),
  float: (f: number): Attribute => ({ f }),
  bool: (b: boolean): Attribute => ({ b }),
  string: (s: string): Attribute => ({ s: Buffer.from(s) }),
  shape: (dims: readonly number[]): Attribute => ({ shape: shapeProto(dims) }),
  ints: (i: readonly number[]): Attribute => ({ list: { i } }),
  types: (type: readonly DType[]): Attribute => ({ list: { type } }),
};

/** A node as TensorFlow's NodeDef has it; an input is "node", "node:1", or "^node" for a control dependency. */
export interface NodeDef {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, Attribute>;
}

/** Writes a TensorFlow GraphDef, node by node. Names are made unique; the same constant is written once. */
export class GraphBuilder {
  readonly nodes: NodeDef[] = [];
  readonly #taken = new Map<string, number>();
  readonly #constants = new Map<string, Tensor>();
  #scope = '';

  /** Nodes made inside `make` get `scope/` before their names, so that a profile of the graph can be read. */
  within<T>(scope: string, make: () => T): T {
    const outer = this.#scope;
    this.#scope = `${outer}${scope}/`;
    try {
      return make();
    } finally {
      this.#scope = outer;
    }
  }

  /**
   * Writes one node and returns its first output.
   * @param after nodes that must have run before this one does
   */
  op(
    op: string,
    type: DType,
    inputs: readonly Tensor[],
    attr: Record<string, Attribute> = {},
    options: { name?: string; after?: readonly Tensor[] } = {},
  ): Tensor {
    const wanted = options.name ?? `${this.#scope}${op}`;
    const count = (this.#taken.get(wanted) ?? 0) + 1;
    this.#taken.set(wanted, count);
    const name = count > 1 ? `${wanted}_${count}` : wanted;
    const control = (options.after ?? []).map((tensor) => `^${tensor.name.replace(/:\d+$/, '')}`);
    this.nodes.push({ name, op, input: [...inputs.map((t) => t.name), ...control], attr });
    return { name, type };
  }

  /** Another output of the node whose first output is `first`. */
  output(first: Tensor, index: number, type: DType): Tensor {
    return { name: `${first.name}:${index}`, type };
  }

  float(value: number): Tensor {
    return this.#constant(DType.float32, [], Buffer.from(Float32Array.of(value).buffer));
  }

  int(value: number): Tensor {
    return this.#constant(DType.int32, [], Buffer.from(Int32Array.of(value).buffer));
  }

  long(value: number): Tensor {
    return this.#constant(DType.int64, [], Buffer.from(BigInt64Array.of(BigInt(value)).buffer));
  }

  ints(values: readonly number[]): Tensor {
    return this.#constant(
      DType.int32,
      [values.length],
      Buffer.from(Int32Array.from(values).buffer),
    );
  }

  /** A constant of any shape, its values in row-major order. */
  floats(values: readonly number[], dims: readonly number[]): Tensor {
    return this.#constant(DType.float32, dims, Buffer.from(Float32Array.from(values).buffer));
  }

  strings(values: readonly string[]): Tensor {
    const tensor = {
      dtype: DType.string,
      tensorShape: shapeProto([values.length]),
      stringVal: values.map((value) => Buffer.from(value)),
    };
    return this.op('Const', DType.string, [], {
      dtype: attribute.type(DType.string),
      value: { tensor },
    });
  }

  placeholder(name: string, type: DType, dims: readonly number[]): Tensor {
    return this.op(
      'Placeholder',
      type,
      [],
      { dtype: attribute.type(type), shape: attribute.shape(dims) },
      { name },
    );
  }

  #constant(type: DType, dims: readonly number[], tensorContent: Buffer): Tensor {
    const key = `${type} ${dims.join()} ${tensorContent.toString('base64')}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const made = this.op(
      'Const',
      type,
      [],
      {
        dtype: attribute.type(type),
        value: { tensor: { dtype: type, tensorShape: shapeProto(dims), tensorContent } },
      },
      { name: 'constant' },
    );
    this.#constants.set(key, made);
    return made;
  }
}
