/** What changed lately: the newest versions, who made them, and which facts differ from the version before. */

import { html, type SafeHtml } from '../core/safe-html.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import { ancestry, changesIn } from '../store/history.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { orIfPurged } from '../store/store-error.ts';
import type { ObjectSource } from '../store/stored-object.ts';
import { minuteOf } from './words.ts';

interface Differing {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export interface VersionChange {
  readonly version: number;
  readonly recordedAt: string;
  readonly kind: string;
  readonly author: string;
  readonly approvers: readonly string[];
  /** Keys of facts. Purged where what the version changed, or what it made of it, was removed for good. */
  readonly facts: Differing | 'purged';
}

const VERSIONS = 5;

/** The newest versions first. Costs what differs between them, not what the registry holds. */
export async function recentChanges(reader: SnapshotReader): Promise<readonly VersionChange[]> {
  const head = await reader.open();
  const changes: VersionChange[] = [];
  for await (const at of ancestry(head)) {
    const { version, recordedAt, kind, author, approvers } = at.commit;
    const facts = await orIfPurged(() => differingIn(head.objects, at), 'purged' as const);
    changes.push({ version, recordedAt, kind, author, approvers, facts });
    if (changes.length === VERSIONS) break;
  }
  return changes;
}

async function differingIn(source: ObjectSource, at: NamedCommit): Promise<Differing> {
  const lists = { added: [] as string[], changed: [] as string[], removed: [] as string[] };
  for await (const { key, before, after } of changesIn(source, at, 'facts')) {
    const list = before === undefined ? lists.added : after === undefined ? lists.removed : lists.changed;
    list.push(key);
  }
  return lists;
}

function keys(word: string, list: readonly string[]): readonly SafeHtml[] {
  if (list.length === 0) return [];
  const shown = [...list].sort().slice(0, 4);
  const more = list.length > shown.length ? ` and ${list.length - shown.length} more` : '';
  return [html` ${word} ${shown.map((key, i) => html`${i > 0 ? ', ' : ''}<code>${key}</code>`)}${more}.`];
}

function differing(facts: VersionChange['facts']): readonly SafeHtml[] {
  if (facts === 'purged') return [html` What it changed was purged.`];
  return [
    ...keys('Added', facts.added),
    ...keys('Changed', facts.changed),
    ...keys('Removed', facts.removed),
  ];
}

export function drawChanges(changes: readonly VersionChange[]): SafeHtml {
  const items = changes.map(
    (c) =>
      html`<li><time>${minuteOf(Date.parse(c.recordedAt)).slice(0, 10)}</time><span><b>Version ${c.version}</b> (${c.kind}) by ${c.author}${c.approvers.length > 0 ? `, approved by ${c.approvers.join(', ')}` : ''}.${differing(c.facts)}</span></li>`,
  );
  return html`<h2>What changed lately</h2><ol class="list">${items}</ol>`;
}
