#!/usr/bin/env node
/** Makes `npx umapi` the project's own in its folder with every npm, without a question to the registry. */
import "../../cli/umapi.js";
