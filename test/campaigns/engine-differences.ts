/** Tests that pass over the embedded engine and not over AWS's DynamoDB Local, each with why, and what DynamoDB itself is said to do. */
export const ENGINE_DIFFERENCES: readonly { readonly test: string; readonly why: string }[] = [];
