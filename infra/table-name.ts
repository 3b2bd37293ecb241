/** DynamoDB's own rule for the name of a table. */
export const TABLE_NAME = /^[A-Za-z0-9_.-]{3,255}$/;
