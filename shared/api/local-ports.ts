/** Where `npm start` listens unless it is told otherwise. `npm run adobe` listens where its sandbox would. */
export const ports = { api: 3000, adobe: 3001, aws: 4566 } as const;
