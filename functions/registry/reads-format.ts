/** The variable by which a version of a function says the newest format of the registry that it reads. */
export const READS_FORMAT = 'READS_FORMAT';
