/** Where in a JSON text a member stands, so that a person can go there. */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Finds lines in one text; the text is parsed once. */
export class JsonPositions {
  readonly #text: string;
  readonly #tree: Node | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#tree = parseTree(text);
  }

  /** The line a JSON Pointer stands on, from 1; of the nearest member above it where it does not exist. */
  lineOf(pointer: string): number {
    if (this.#tree === undefined) return 1;
    for (let parts = segmentsOf(pointer); parts.length > 0; parts = parts.slice(0, -1)) {
      const found = findNodeAtLocation(this.#tree, this.#pathOf(parts));
      if (found !== undefined)
        return lineAt(
          this.#text,
          (found.parent ?? found).type === 'property' ? (found.parent ?? found).offset : found.offset,
        );
    }
    return lineAt(this.#text, this.#tree.offset);
  }

  /** A pointer part is an index where the value above it is a list. */
  #pathOf(parts: readonly string[]): (string | number)[] {
    const path: (string | number)[] = [];
    let node = this.#tree;
    for (const part of parts) {
      const step = node?.type === 'array' && /^\d+$/.test(part) ? Number(part) : part;
      path.push(step);
      node = node === undefined ? undefined : findNodeAtLocation(node, [step]);
    }
    return path;
  }
}
