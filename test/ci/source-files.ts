/** Every source file of the product under some of its rooms, by path from the top, with its text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export function sourceFiles(rooms: readonly string[]): readonly (readonly [path: string, text: string])[] {
  return rooms.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
      .map((path) => join(room, path))
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const),
  );
}
