/** The position of a value that stands in no element of any array. */
export const NOWHERE = 0;

/** Positions kept for the next event. */
const KEPT = 4096;

/**
 * Places of values in the arrays of one event. A position is an element of an array, together with the position
 * that array itself has: a chain up to {@link NOWHERE}. Only objects and arrays among the elements make a new
 * position; a scalar element has the position of its array.
 */
export class Positions {
  /** By position: the one around it, and the array it is an element of. */
  private readonly parents: number[] = [NOWHERE];
  private readonly arrays: number[] = [-1];
  private count = 1;
  private arrayCount = 0;

  clear(): void {
    if (this.count > KEPT) {
      this.parents.length = KEPT;
      this.arrays.length = KEPT;
    }
    this.count = 1;
    this.arrayCount = 0;
  }

  get none(): boolean {
    return this.count === 1;
  }

  /** A number for an array, different for every array of the event. */
  newArray(): number {
    return this.arrayCount++;
  }

  /** One more element of an array that stands itself at the position `parent`. */
  newElement(parent: number, array: number): number {
    const position = this.count++;
    this.parents[position] = parent;
    this.arrays[position] = array;
    return position;
  }

  parentOf(position: number): number {
    return this.parents[position]!;
  }

  arrayOf(position: number): number {
    return this.arrays[position]!;
  }
}
