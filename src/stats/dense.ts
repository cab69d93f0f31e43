/** A square matrix with its rows exchanged and eliminated: P A = L U, both in one array, row after row. */
export interface Factors {
  readonly size: number;
  readonly cells: Float64Array;
  /** Row of the matrix that stands at each place. */
  readonly order: Int32Array;
}

/**
 * Factors a square matrix by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations,
 * algorithm 3.4.1).
 *
 * @param matrix cells, row after row; left as it is
 * @param size rows and columns
 * @throws RangeError when the matrix is singular
 */
export function factor(matrix: Float64Array, size: number): Factors {
  const cells = Float64Array.from(matrix);
  const order = Int32Array.from({ length: size }, (_, row) => row);
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(cells, size, column);
    if (cells[pivot * size + column] === 0) throw new RangeError("the matrix is singular");
    if (pivot !== column) exchange(cells, order, size, column, pivot);
    eliminate(cells, size, column);
  }
  return { size, cells, order };
}

function pivotRow(cells: Float64Array, size: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < size; row++) {
    const cell = Math.abs(cells[row * size + column] as number);
    if (cell > Math.abs(cells[best * size + column] as number)) best = row;
  }
  return best;
}

function exchange(
  cells: Float64Array,
  order: Int32Array,
  size: number,
  one: number,
  other: number,
): void {
  const kept = cells.slice(one * size, (one + 1) * size);
  cells.copyWithin(one * size, other * size, (other + 1) * size);
  cells.set(kept, other * size);
  const row = order[one] as number;
  order[one] = order[other] as number;
  order[other] = row;
}

function eliminate(cells: Float64Array, size: number, column: number): void {
  const top = column * size;
  const pivot = cells[top + column] as number;
  for (let row = column + 1; row < size; row++) {
    const start = row * size;
    const ratio = (cells[start + column] as number) / pivot;
    cells[start + column] = ratio;
    if (ratio === 0) continue;
    for (let at = column + 1; at < size; at++) {
      cells[start + at] = (cells[start + at] as number) - ratio * (cells[top + at] as number);
    }
  }
}

/**
 * Solves A x = b.
 *
 * @param factors of A
 * @param right b
 */
export function solve({ size, cells, order }: Factors, right: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = right[order[row] as number] as number;
    for (let at = 0; at < row; at++) sum -= (cells[row * size + at] as number) * (x[at] as number);
    x[row] = sum;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = x[row] as number;
    for (let at = row + 1; at < size; at++) {
      sum -= (cells[row * size + at] as number) * (x[at] as number);
    }
    x[row] = sum / (cells[row * size + row] as number);
  }
  return x;
}

/**
 * Solves xᵀ A = bᵀ.
 *
 * @param factors of A
 * @param right b
 */
export function solveTransposed(
  { size, cells, order }: Factors,
  right: Float64Array,
): Float64Array {
  const y = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let sum = y[row] as number;
    for (let at = 0; at < row; at++) sum -= (cells[at * size + row] as number) * (y[at] as number);
    y[row] = sum / (cells[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = y[row] as number;
    for (let at = row + 1; at < size; at++) {
      sum -= (cells[at * size + row] as number) * (y[at] as number);
    }
    y[row] = sum;
  }
  const x = new Float64Array(size);
  for (let row = 0; row < size; row++) x[order[row] as number] = y[row] as number;
  return x;
}
