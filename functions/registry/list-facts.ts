/** What is registered, a page at a time: keys of one kind, and what everything is called. */
import { referencesOf } from '../core/administration/references.ts';
import { factKeyFault } from '../core/facts/fact-key.ts';
import type { RawFact } from '../core/facts/view.ts';
import { namesIn } from '../core/facts/words/names.ts';
import type { ReplyTo } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { Refusal } from './refusal.ts';
import { openAt } from './show-history.ts';

const MOST_KEYS = 5000;
/** At most 600 characters each, and mostly a few dozen: well below what one answer may hold. */
const MOST_NAMES = 1500;

/** `GET facts/{kind}?version=&about=&after=`: the keys of one kind, in order; of those alone that name a fact. */
export async function listFacts(context: RegistryContext, call: Call): Promise<ReplyTo<'facts'>> {
  const about = aboutOf(call);
  const snapshot = await openAt(context, call, 'version');
  const prefix = `${call.variables['kind']}/`;
  const facts = [...(await context.factSets.of(snapshot))]
    .filter(([key]) => key.startsWith(prefix))
    .filter(([, fact]) => about === undefined || isAbout(fact, about));
  const { page, next } = pageOf(
    facts.map(([key]) => key),
    call,
    MOST_KEYS,
  );
  return { status: 200, body: { version: snapshot.version, keys: page, next, held: snapshot.held } };
}

/** `GET names?version=&after=`: what registered things are called, by key, in order. */
export async function listNames(context: RegistryContext, call: Call): Promise<ReplyTo<'names'>> {
  const snapshot = await openAt(context, call, 'version');
  const names = namesIn((await context.factSets.of(snapshot)).values());
  const { page, next } = pageOf([...names.keys()], call, MOST_NAMES);
  const shown = Object.fromEntries(
    page.flatMap((key) => {
      const name = names.get(key);
      return name === undefined ? [] : [[key, name]];
    }),
  );
  return { status: 200, body: { version: snapshot.version, names: shown, next, held: snapshot.held } };
}

function aboutOf({ query }: Call): string | undefined {
  const about = query.get('about');
  const fault = about === undefined ? undefined : factKeyFault(about);
  if (fault !== undefined) throw new Refusal('REQUEST_INVALID', `"about": ${fault}`);
  return about;
}

function isAbout(fact: RawFact, about: string): boolean {
  return referencesOf(fact).some(({ key }) => key === about);
}

function pageOf(keys: readonly string[], { query }: Call, most: number) {
  const after = query.get('after') ?? '';
  const left = keys.filter((key) => key > after).sort();
  const page = left.slice(0, most);
  return { page, next: left.length > page.length ? (page.at(-1) ?? null) : null };
}
