/** The metric that counts what one source has posted. */
export const deliveriesFrom = (source: string) => `DeliveriesFrom_${source}`;
