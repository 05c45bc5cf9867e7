#!/usr/bin/env -S node --optimize-for-size
/** Makes `npx umapi` the project's own in its folder with every npm, without a question to the registry. */
import "../../cli/umapi.js";
