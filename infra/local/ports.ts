/** Where `npm start` listens unless it is told otherwise, and `npm run adobe` with the sandbox alone. */
export const ports = { api: 3000, adobe: 3001, aws: 4566 } as const;
