import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';

/** A TensorFlow resource variable: its handle in the graph, and what it holds. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: DType;
  readonly handle: Tensor;
}

/** How a step gets at variables. */
export interface VariableAccess {
  /**
   * The variable's value, in its shape and type.
   * @param after what must have run before
   */
  read(variable: Variable, after?: readonly Tensor[]): Tensor;
  assign(variable: Variable, value: Tensor, after?: readonly Tensor[]): Tensor;
}

/** All variables of a graph, in the order in which they were made; a checkpoint holds each under its name. */
export class Variables implements VariableAccess {
  readonly all: Variable[] = [];
  readonly #starts: Tensor[] = [];
  readonly #unsaved: Tensor[] = [];
  readonly #graph: GraphBuilder;

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /**
   * Makes a variable.
   * @param start the value that the `start` entry point gives it, of `shape` and `type`
   */
  make(name: string, shape: readonly number[], type: DType, start: Tensor): Variable {
    const variable = this.#declare(name, shape, type);
    this.all.push(variable);
    this.#starts.push(this.assign(variable, start));
    return variable;
  }

  /** A variable that no checkpoint holds, since its value follows from the run's seed; `restore` sets that value again. */
  makeUnsaved(name: string, shape: readonly number[], type: DType, value: Tensor): Variable {
    const variable = this.#declare(name, shape, type);
    this.#unsaved.push(this.assign(variable, value));
    return variable;
  }

  /** The ops that set the variables which no checkpoint holds; they must run at a start and at a restore. */
  get unsaved(): readonly Tensor[] {
    return this.#unsaved;
  }

  /** The ops that give every variable its initial value. */
  get starts(): readonly Tensor[] {
    return this.#starts;
  }

  /**
   * Access to the variables after some changes.
   * @param changes the op that changes each variable
   */
  after(changes: ReadonlyMap<Variable, Tensor>): VariableAccess {
    return {
      read: (variable, after = []) => {
        const change = changes.get(variable);
        return this.read(variable, change ? [...after, change] : after);
      },
      assign: (variable, value, after) => this.assign(variable, value, after),
    };
  }

  read(variable: Variable, after: readonly Tensor[] = []): Tensor {
    return this.#graph.op(
      'ReadVariableOp',
      variable.type,
      [variable.handle],
      { dtype: attribute.type(variable.type) },
      { after },
    );
  }

  assign(variable: Variable, value: Tensor, after: readonly Tensor[] = []): Tensor {
    return this.#graph.op(
      'AssignVariableOp',
      variable.type,
      [variable.handle, value],
      { dtype: attribute.type(variable.type) },
      { after },
    );
  }

  #declare(name: string, shape: readonly number[], type: DType): Variable {
    const handle = this.#graph.op(
      'VarHandleOp',
      DType.resource,
      [],
      {
        dtype: attribute.type(type),
        shape: attribute.shape(shape),
        shared_name: attribute.string(name),
      },
      { name },
    );
    return { name, shape, type, handle };
  }
}
