/** What changed lately: the newest versions, who made them, and which facts differ from the version before. */

import { html, type SafeHtml } from '../core/safe-html.ts';
import { ancestry, diff } from '../store/history.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { minuteOf } from './words.ts';

export interface VersionChange {
  readonly version: number;
  readonly recordedAt: string;
  readonly kind: string;
  readonly author: string;
  readonly approvers: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const VERSIONS = 5;

/** The newest versions first. Costs what differs between them, not what the registry holds. */
export async function recentChanges(reader: SnapshotReader): Promise<readonly VersionChange[]> {
  const head = await reader.open();
  const changes: VersionChange[] = [];
  for await (const { commit } of ancestry(head)) {
    const lists = { added: [] as string[], changed: [] as string[], removed: [] as string[] };
    if (commit.version > 1) {
      const before = await reader.open({ exact: commit.version - 1 });
      const after = await reader.open({ exact: commit.version });
      for await (const d of diff(before, after, 'facts')) {
        const list =
          d.before === undefined ? lists.added : d.after === undefined ? lists.removed : lists.changed;
        list.push(d.key);
      }
    }
    const { version, recordedAt, kind, author, approvers } = commit;
    changes.push({ version, recordedAt, kind, author, approvers, ...lists });
    if (changes.length === VERSIONS) break;
  }
  return changes;
}

function keys(word: string, list: readonly string[]): readonly SafeHtml[] {
  if (list.length === 0) return [];
  const shown = [...list].sort().slice(0, 4);
  const more = list.length > shown.length ? ` and ${list.length - shown.length} more` : '';
  return [html` ${word} ${shown.map((key, i) => html`${i > 0 ? ', ' : ''}<code>${key}</code>`)}${more}.`];
}

export function drawChanges(changes: readonly VersionChange[]): SafeHtml {
  const items = changes.map(
    (c) =>
      html`<li><time>${minuteOf(Date.parse(c.recordedAt)).slice(0, 10)}</time><span><b>Version ${c.version}</b> (${c.kind}) by ${c.author}${c.approvers.length > 0 ? `, approved by ${c.approvers.join(', ')}` : ''}.${keys('Added', c.added)}${keys('Changed', c.changed)}${keys('Removed', c.removed)}</span></li>`,
  );
  return html`<h2>What changed lately</h2><ol class="list">${items}</ol>`;
}
