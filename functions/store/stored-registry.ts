/** The one way from stored documents to a registry that decisions read: none of which this build would overlook a part. */
import type { Json } from '../core/facts/canonical.ts';
import { type DocumentKind, documentKindOf, isKnownForm } from '../core/registry/documents.ts';
import { type Documents, type Registry, registryOf } from '../core/registry/registry.ts';
import { StoreError } from './store-error.ts';

/**
 * @throws StoreError FORMAT_UNKNOWN where a document says what this build does not read
 * @throws TypeError where the law has no shape of one
 */
export function storedRegistry(documents: Documents): Registry {
  demandKnownForms(documents);
  return registryOf(documents);
}

/** @throws StoreError FORMAT_UNKNOWN where one of them says what this build does not read */
export function demandKnownForms(
  documents: Omit<Documents, 'law'> & { readonly law: Json | undefined },
): void {
  if (documents.law !== undefined) demandKnown('law', documents.law);
  for (const [key, doc] of documents.entries) demandKnown(documentKindOf(key), doc);
  for (const doc of documents.vendors.values()) demandKnown('vendor', doc);
}

/** The same of one. */
export function demandKnown(kind: DocumentKind | undefined, doc: Json): void {
  if (kind === undefined || !isKnownForm(kind, doc)) throw new StoreError('FORMAT_UNKNOWN');
}
