import fc from "fast-check";

// A tenth of the usual number.
fc.configureGlobal({ numRuns: 10 });
