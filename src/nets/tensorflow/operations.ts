import type { Backend, Tensor } from './backend.ts';

/**
 * The few TensorFlow operations dense networks need. They call kernels directly: for networks this small the
 * argument checks and the gradient tape around each public operation cost more than the arithmetic. All tensors have
 * rank 3 with a leading 1, the rank the fused matrix product of the WASM backend insists on.
 */
export interface Operations {
  /** rows x columns numbers, row-major; freed when the scope it is made in ends. */
  readonly matrix: (values: Float32Array, rows: number, columns: number) => Tensor;
  readonly vector: (values: Float32Array) => Tensor;
  /** The same, freed by `dispose`. */
  readonly constant: (values: Float32Array, rows: number, columns: number) => Tensor;
  readonly constantVector: (values: Float32Array) => Tensor;
  /**
   * activation(x weight + bias), weight being [in][out]: given the transpose, the WASM kernel of TensorFlow.js 4.22
   * adds the bias wrongly.
   */
  affine(x: Tensor, weight: Tensor, bias: Tensor, activation: 'linear' | 'elu' | 'relu'): Tensor;
  product(a: Tensor, b: Tensor, transposed?: 'a' | 'b'): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  abs(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  /** 1 where x > 0, else 0. */
  step(x: Tensor): Tensor;
  /** Gradient through an ELU whose output was y. */
  eluGradient(gradient: Tensor, y: Tensor): Tensor;
  read(x: Tensor): Float32Array;
  /** Frees the constants. */
  dispose(): void;
}

export function operations({ tf }: Backend): Operations {
  const engine = tf.engine();
  type Inputs = Parameters<typeof engine.runKernel>[1];
  type Attributes = Parameters<typeof engine.runKernel>[2];
  const run = (kernel: string, inputs: Inputs, attributes?: Attributes) =>
    engine.runKernel<Tensor>(kernel, inputs, attributes);
  const unary = (kernel: string) => (x: Tensor) => run(kernel, { x });
  const binary = (kernel: string) => (a: Tensor, b: Tensor) => run(kernel, { a, b });
  const constants: Tensor[] = [];
  const keep = (x: Tensor) => {
    constants.push(tf.keep(x));
    return x;
  };
  const matrix = (values: Float32Array, rows: number, columns: number) =>
    engine.makeTensor(values, [1, rows, columns], 'float32');
  const vector = (values: Float32Array) => engine.makeTensor(values, [values.length], 'float32');
  return {
    matrix,
    vector,
    constant: (values, rows, columns) => keep(matrix(values, rows, columns)),
    constantVector: (values) => keep(vector(values)),
    affine: (a, b, bias, activation) =>
      run(tf._FusedMatMul, { a, b, bias }, { transposeA: false, transposeB: false, activation }),
    product: (a, b, transposed) =>
      run(tf.BatchMatMul, { a, b }, { transposeA: transposed === 'a', transposeB: transposed === 'b' }),
    add: binary(tf.Add),
    subtract: binary(tf.Sub),
    multiply: binary(tf.Multiply),
    exp: unary(tf.Exp),
    abs: unary(tf.Abs),
    sign: unary(tf.Sign),
    sigmoid: unary(tf.Sigmoid),
    step: (x) => run(tf.Step, { x }, { alpha: 0 }),
    eluGradient: (dy, y) => run(tf.EluGrad, { dy, y }),
    read: (x) => x.dataSync<'float32'>(),
    dispose() {
      for (const tensor of constants.splice(0)) tensor.dispose();
    },
  };
}
