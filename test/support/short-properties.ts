import fc from "fast-check";

// A tenth of what is ordinary.
fc.configureGlobal({ numRuns: 10 });
