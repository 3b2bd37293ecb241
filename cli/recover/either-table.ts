/** Objects from several tables: as the guard will have them and, what is not among them, from the table of before. */
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import type { ReadContext } from '../../functions/store/object-items.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { orMissing } from '../../functions/store/store-error.ts';
import type { ObjectOf, ObjectSource } from '../../functions/store/stored-object.ts';
import type { Tables } from '../registry/tables.ts';

/** @param names of the tables, the first asked first; each is asked for what those before it have not */
export function eitherTable(
  { client }: Pick<Tables, 'client'>,
  names: readonly string[],
  context: ReadContext,
): ObjectSource {
  const sources = [...new Set(names)].map((name) =>
    createObjectLoader(client, name, createObjectCache(64 * 1024 * 1024)).within(context),
  );
  return sources.reduce(orFrom);
}

/** What is asked for is named by its digest, so it matters not where it is; of two tables neither need have all. */
function orFrom(first: ObjectSource, second: ObjectSource): ObjectSource {
  return {
    async load(digests, allowed) {
      const all = await orMissing(() => first.load(digests, allowed));
      if (all !== null) return all;
      const each = async (digest: Digest) => {
        const one = await orMissing(() => first.load([digest], allowed));
        return one ?? second.load([digest], allowed);
      };
      const found = new Map<Digest, ObjectOf<(typeof allowed)[number]>>();
      for (const one of await Promise.all(digests.map(each)))
        for (const [digest, object] of one) found.set(digest, object);
      return found;
    },
  };
}
