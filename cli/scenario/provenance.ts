/** The source of what a scenario's own notation adds. */
export const INVENTED = { citation: 'Synthetic: stated by the scenario itself', verified: true };
